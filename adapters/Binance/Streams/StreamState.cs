namespace OrleansTrader.Adapters.Binance.Streams;

/// <summary>How far a stream has come, whichever connection brought it: a message that came before is not passed on again.</summary>
internal sealed class StreamState(StreamName name)
{
    private long _sequence = long.MinValue;
    private long _finalBar = long.MinValue;

    public StreamName Name { get; } = name;

    /// <summary>Time stamp of the steady clock at the last message; null before the first.</summary>
    public long? LastAt { get; set; }

    public void BeginAnew() => _sequence = long.MinValue;

    /// <summary>True for a message that is newer than all before.</summary>
    public bool IsNext(long sequence)
    {
        if (sequence <= _sequence) return false;
        _sequence = sequence;
        return true;
    }

    /// <summary>True for a state of a bar that is newer than all before; after its last one, none of the bar is.</summary>
    public bool IsNextBar(long openTime, bool isFinal, long eventTime)
    {
        if (openTime <= _finalBar || eventTime < _sequence || (eventTime == _sequence && !isFinal)) return false;
        _sequence = eventTime;
        if (isFinal) _finalBar = openTime;
        return true;
    }
}
