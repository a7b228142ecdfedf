namespace OrleansTrader.ExchangeSimulator.Streams;

/// <summary>Events of one moment, kept until it is over, with the states of lists at random places among the others.</summary>
internal sealed class ShuffledEvents(Random random)
{
    private readonly List<byte[]> _others = [];
    private readonly List<byte[]> _listStates = [];

    public void Keep(byte[] message, bool isListStatus) => (isListStatus ? _listStates : _others).Add(message);

    /// <summary>All that were kept; the states of lists keep their order among themselves, and so do the others.</summary>
    public IReadOnlyList<byte[]> Take()
    {
        var all = new List<byte[]>(_others);
        int[] places = [.. _listStates.Select(_ => random.Next(_others.Count + 1)).Order()];
        for (var i = 0; i < places.Length; i++) all.Insert(places[i] + i, _listStates[i]);
        _others.Clear();
        _listStates.Clear();
        return all;
    }
}
