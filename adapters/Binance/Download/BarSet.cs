using System.Collections;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Binance.Download;

/// <summary>Which bars of a time are there. May be used by several threads at once.</summary>
internal sealed class BarSet
{
    private readonly Lock _gate = new();
    private readonly Interval _interval;
    private readonly BitArray _isThere;
    private int _present;

    /// <param name="from">No bar opens before, UTC.</param>
    /// <param name="to">No bar closes after, UTC.</param>
    public BarSet(Interval interval, DateTime from, DateTime to)
    {
        _interval = interval;
        From = UpTo(from);
        var end = interval.StartOf(to);
        var count = Math.Max(0, (end - From).Ticks / interval.Length.Ticks);
        // Of a bar of one second that is 68 years.
        _isThere = new BitArray(checked((int)count));
        To = From + (interval.Length * count);
    }

    /// <summary>When the first one opens, UTC.</summary>
    public DateTime From { get; }

    /// <summary>When the last one closes, UTC.</summary>
    public DateTime To { get; }

    /// <summary>How many there should be.</summary>
    public int Count => _isThere.Length;

    /// <summary>How many there are.</summary>
    public int Present
    {
        get
        {
            lock (_gate) return _present;
        }
    }

    /// <summary>False when no such bar is wanted, or it is there already.</summary>
    public bool TryAdd(DateTime open)
    {
        var into = (open - From).Ticks;
        if (into < 0 || into % _interval.Length.Ticks != 0 || into / _interval.Length.Ticks >= Count) return false;
        var index = (int)(into / _interval.Length.Ticks);
        lock (_gate)
        {
            if (_isThere[index]) return false;
            _isThere[index] = true;
            _present++;
            return true;
        }
    }

    /// <summary>Where bars are missing among those that open within a time, in its order.</summary>
    public List<Stretch> Missing(DateTime from, DateTime to)
    {
        var found = new List<Stretch>();
        var (first, end) = (IndexOf(UpTo(from)), IndexOf(UpTo(to)));
        lock (_gate)
        {
            for (var i = first; i < end; i++)
            {
                if (_isThere[i]) continue;
                var start = i;
                while (i < end && !_isThere[i]) i++;
                found.Add(new Stretch(TimeOf(start), TimeOf(i)));
            }
        }

        return found;
    }

    public List<Stretch> Missing() => Missing(From, To);

    /// <summary>How many bars a time has.</summary>
    public long CountOf(Stretch stretch) => (stretch.To - stretch.From).Ticks / _interval.Length.Ticks;

    /// <summary>The opening of the first bar that is there, or of the last, UTC; null when there is none.</summary>
    public (DateTime First, DateTime Last)? Range()
    {
        lock (_gate)
        {
            if (_present == 0) return null;
            var (first, last) = (0, Count - 1);
            while (!_isThere[first]) first++;
            while (!_isThere[last]) last--;
            return (TimeOf(first), TimeOf(last));
        }
    }

    private DateTime UpTo(DateTime time)
    {
        var start = _interval.StartOf(time);
        return start < time ? start + _interval.Length : start;
    }

    private int IndexOf(DateTime open) => (int)Math.Clamp((open - From).Ticks / _interval.Length.Ticks, 0, Count);

    private DateTime TimeOf(int index) => From + (_interval.Length * index);
}
