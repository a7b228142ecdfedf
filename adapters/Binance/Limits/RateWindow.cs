namespace OrleansTrader.Adapters.Binance.Limits;

/// <summary>
/// What was taken of one limit. A request counts from the moment it is let go until a whole window after the latest moment at which it
/// can have arrived; so whatever fixed windows the exchange counts in, and whatever its clock shows, none holds more than the limit.
/// </summary>
/// <remarks>
/// For the last of those that arrive within a window of the exchange was let go before that window's end, when all others that arrived
/// within it were still counted. Times are of one steady clock, as time since its start.
/// </remarks>
internal sealed class RateWindow
{
    // A request counts up to two slices longer than it must, 3 % of the window, which also covers clocks of unequal speed.
    private const int Slices = 64;
    private const int Kept = Slices + 2;

    private readonly int[] _arrived = new int[Kept];
    private readonly int[] _others = new int[Kept];
    private readonly long _slice;
    private long _current;
    private int _arrivedInAll;

    public RateWindow(RateLimit limit, TimeSpan now)
    {
        Limit = limit;
        _slice = Math.Max(1, (limit.Window.Ticks + Slices - 1) / Slices);
        _current = now.Ticks / _slice;
    }

    public RateLimit Limit { get; private set; }

    /// <summary>True within one round over those that wait: somebody of a higher rank waits for room here.</summary>
    public bool IsAwaited { get; set; }

    /// <summary>Let go, without an answer yet.</summary>
    public int UnderWay { get; private set; }

    /// <summary>The most that others were seen to have used within the time that a request counts.</summary>
    /// <remarks>
    /// Not a sum: what they used in a window of the exchange that is over says how much they are about to use in this one, and must not
    /// stand for what they have used in it, or room that they have taken would be given out as soon as the old one runs out.
    /// </remarks>
    public int Others { get; private set; }

    public int Used => UnderWay + _arrivedInAll + Others;

    public void Adopt(int limit) => Limit = Limit with { Limit = limit };

    public bool HasRoom(int cost, double share)
    {
        if (cost == 0) return true;
        // What is dearer than its share passes alone.
        return Used + cost <= (int)(Limit.Limit * share) || (Used == 0 && cost <= Limit.Limit);
    }

    public void Take(int cost) => UnderWay += cost;

    /// <summary>A request has arrived, or never will: from now on it counts for one window.</summary>
    public void Settle(int cost)
    {
        GiveBack(cost);
        Count(cost);
    }

    /// <summary>A request did not leave. What was under way before the limit was known was never taken.</summary>
    public void GiveBack(int cost) => UnderWay -= Math.Min(cost, UnderWay);

    /// <summary>Takes note of what the exchange has counted in its window: what is more than was known here, others have used.</summary>
    public void Observe(int used)
    {
        ref var seen = ref _others[_current % Kept];
        seen = Math.Max(seen, used - UnderWay - _arrivedInAll);
        Others = Math.Max(Others, seen);
    }

    /// <summary>Counts what has arrived.</summary>
    public void Count(int cost)
    {
        _arrived[_current % Kept] += cost;
        _arrivedInAll += cost;
    }

    public void Advance(TimeSpan now)
    {
        var slice = now.Ticks / _slice;
        for (var step = Math.Min(slice - _current, Kept); step > 0; step--)
        {
            ref var oldest = ref _arrived[(slice - step + 1) % Kept];
            _arrivedInAll -= oldest;
            oldest = 0;
            ref var seen = ref _others[(slice - step + 1) % Kept];
            var wasMost = seen == Others && seen > 0;
            seen = 0;
            if (wasMost) Others = MostSince(_current - Kept);
        }

        _current = Math.Max(_current, slice);
    }

    /// <summary>When there is room, if nothing else is let go; <see cref="TimeSpan.MaxValue"/> when that depends on what is under way.</summary>
    public TimeSpan RoomAt(int cost, double share)
    {
        var room = Math.Max((int)(Limit.Limit * share) - cost, 0) - UnderWay - _arrivedInAll;
        for (var slice = _current - Kept + 1; slice <= _current; slice++)
        {
            room += slice < 0 ? 0 : _arrived[slice % Kept];
            if (room >= 0 && room >= MostSince(slice)) return new TimeSpan((slice + Kept) * _slice);
        }

        return TimeSpan.MaxValue;
    }

    /// <summary>The most that others were seen to use in the slices after that one.</summary>
    private int MostSince(long slice)
    {
        var most = 0;
        for (var later = Math.Max(slice + 1, 0); later <= _current; later++) most = Math.Max(most, _others[later % Kept]);
        return most;
    }
}
