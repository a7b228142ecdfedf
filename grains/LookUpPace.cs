namespace OrleansTrader.Grains;

/// <summary>How soon the exchange is asked again about an order of which it does not tell: at once, after a second, and then less and less often.</summary>
internal sealed class LookUpPace(TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private readonly Dictionary<long, (int Times, long At)> _asked = [];

    /// <summary>Counts as asked where it is true.</summary>
    public bool MayAsk(long orderId)
    {
        var isKnown = _asked.TryGetValue(orderId, out var asked);
        var wait = TimeSpan.FromSeconds((1 + asked.Times) / 2);
        if (isKnown && clock.GetElapsedTime(asked.At) < (wait < Longest ? wait : Longest)) return false;
        _asked[orderId] = (asked.Times + 1, clock.GetTimestamp());
        return true;
    }

    public void Forget(long orderId) => _asked.Remove(orderId);
}
