namespace OrleansTrader.Adapters.Binance.Limits;

/// <summary>What one address, and the accounts behind it, have used of the exchange's limits, and whether there is room for one more request.</summary>
/// <remarks>
/// Time is taken from the steady clock, so neither a wrong nor a changed clock lets too much through. After a start, what was used before
/// becomes known with the first answer. Not for use by several threads at once; <see cref="RateGate"/> is.
/// </remarks>
public sealed class RateBudget
{
    private static readonly List<RateWindow> NoWindows = [];

    private readonly RateLimitOptions _options;
    private readonly TimeProvider _clock;
    private readonly long _start;
    private readonly List<RateWindow> _shared = [];
    private readonly Dictionary<string, List<RateWindow>> _orders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TimeSpan> _orderPauses = new(StringComparer.Ordinal);
    private readonly Queue<(TimeSpan Due, RequestCost Cost)> _late = new();
    private readonly double[] _shares;
    private RateLimit[] _limits = [];
    private TimeSpan _quietUntil;
    private StandstillReason _reason;

    public RateBudget(RateLimitOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        (_options, _clock, _start) = (options, clock, clock.GetTimestamp());
        _shares = [.. Enum.GetValues<RequestRank>().Select(options.ShareOf)];
        Adopt(options.Initial.AsSpan());
    }

    /// <summary>The time in which nothing may be sent; null when there is none.</summary>
    public Standstill? Standstill => _quietUntil > Now ? new Standstill(_reason, _clock.GetUtcNow().UtcDateTime + (_quietUntil - Now)) : null;

    private TimeSpan Now => _clock.GetElapsedTime(_start);

    /// <summary>Takes the limits that the exchange states; a kind of which it states none keeps those that it had.</summary>
    public void Adopt(ReadOnlySpan<RateLimit> limits)
    {
        var stated = new List<RateLimit>();
        foreach (ref readonly var limit in limits)
            if (limit.Kind != RateLimitKind.Unknown && limit.Window > TimeSpan.Zero && limit.Limit > 0)
                stated.Add(limit);
        foreach (var old in _limits)
            if (!stated.Exists(limit => limit.Kind == old.Kind))
                stated.Add(old);
        _limits = [.. stated];
        var now = Advance();
        Adopt(_shared, now, isOfAccount: false);
        foreach (var windows in _orders.Values) Adopt(windows, now, isOfAccount: true);
    }

    /// <summary>False when the request can never pass, since it takes more than a limit has.</summary>
    public bool Fits(in RequestCost cost)
    {
        foreach (ref readonly var limit in _limits.AsSpan())
            if (cost.Of(limit.Kind) > limit.Limit)
                return false;
        return true;
    }

    /// <summary>Takes room for one request, which is let go at once; <see cref="Settle(in RequestCost, RequestEnd)"/> must follow.</summary>
    /// <param name="wait">When there is none: how long until it is worth asking again, if nothing is settled before.</param>
    public bool TryTake(in RequestCost cost, RequestRank rank, out TimeSpan wait)
    {
        var now = Advance();
        wait = WaitFor(in cost, _shares[(int)rank], now);
        if (wait > TimeSpan.Zero)
        {
            if (_late.TryPeek(out var late) && late.Due - now < wait) wait = late.Due - now;
            return false;
        }

        foreach (var window in _shared) window.Take(cost.Of(window.Limit.Kind));
        foreach (var window in OrdersOf(in cost)) window.Take(cost.Orders);
        return true;
    }

    /// <summary>Says what became of a request that was let go.</summary>
    public void Settle(in RequestCost cost, RequestEnd end)
    {
        var now = Advance();
        switch (end)
        {
            case RequestEnd.Unanswered:
                _late.Enqueue((now + TimeSpan.FromSeconds(_options.LateSeconds), cost));
                break;
            case RequestEnd.NeverSent:
                foreach (var window in _shared) window.GiveBack(cost.Of(window.Limit.Kind));
                foreach (var window in OrdersOf(in cost)) window.GiveBack(cost.Orders);
                break;
            default:
                Settle(in cost);
                break;
        }
    }

    /// <summary>Takes note of what the exchange has counted in the current window; what is more than was known here, others have used.</summary>
    /// <param name="account">Whose orders; of no meaning for other kinds.</param>
    public void Observe(RateLimitKind kind, TimeSpan length, int used, string account)
    {
        Advance();
        var cost = new RequestCost(0, Orders: 1, account);
        foreach (var window in kind == RateLimitKind.Orders ? OrdersOf(in cost) : _shared)
            if (window.Limit.Kind == kind && window.Limit.Window == length)
                window.Observe(used);
    }

    /// <summary>Lets nothing through for so long; a longer standstill stays.</summary>
    /// <param name="length">As the exchange said; null when it did not.</param>
    public void Stop(StandstillReason reason, TimeSpan? length)
    {
        var until = Now + (length ?? TimeSpan.FromSeconds(reason == StandstillReason.Banned ? _options.BanSeconds : _options.PauseSeconds));
        if (until <= _quietUntil) return;
        (_quietUntil, _reason) = (until, reason);
    }

    /// <summary>Lets no order of the account through for so long, or as long as after any refusal that names no time.</summary>
    public void StopOrders(string account, TimeSpan? length) =>
        _orderPauses[account] = Now + (length ?? TimeSpan.FromSeconds(_options.PauseSeconds));

    /// <summary>Begins a round over those that wait, the highest rank first.</summary>
    internal void BeginRound()
    {
        foreach (var window in _shared) window.IsAwaited = false;
        foreach (var windows in _orders.Values)
            foreach (var window in windows)
                window.IsAwaited = false;
    }

    /// <summary>Within a round: nobody behind may take of what this one waits for.</summary>
    internal void Await(in RequestCost cost, RequestRank rank)
    {
        foreach (var window in _shared) window.IsAwaited |= !window.HasRoom(cost.Of(window.Limit.Kind), _shares[(int)rank]);
        foreach (var window in OrdersOf(in cost)) window.IsAwaited |= !window.HasRoom(cost.Orders, _shares[(int)rank]);
    }

    /// <summary>Within a round: true when one of a higher rank waits for something that this one takes too.</summary>
    internal bool IsBehind(in RequestCost cost)
    {
        foreach (var window in _shared)
            if (window.IsAwaited && cost.Of(window.Limit.Kind) > 0)
                return true;
        foreach (var window in OrdersOf(in cost))
            if (window.IsAwaited)
                return true;
        return false;
    }

    private TimeSpan WaitFor(in RequestCost cost, double share, TimeSpan now)
    {
        var from = _quietUntil;
        if (cost.Orders > 0 && _orderPauses.TryGetValue(cost.Account, out var pause) && pause > from) from = pause;
        foreach (var window in _shared) from = Later(from, window, cost.Of(window.Limit.Kind), share);
        foreach (var window in OrdersOf(in cost)) from = Later(from, window, cost.Orders, share);
        return from == TimeSpan.MaxValue ? from : from - now;
    }

    private static TimeSpan Later(TimeSpan from, RateWindow window, int cost, double share)
    {
        if (window.HasRoom(cost, share)) return from;
        var room = window.RoomAt(cost, share);
        return room > from ? room : from;
    }

    private TimeSpan Advance()
    {
        var now = Now;
        while (_late.TryPeek(out var late) && late.Due <= now)
        {
            _late.Dequeue();
            // As of the moment at which it was due, so that a long silence settles it long ago.
            Advance(late.Due);
            Settle(in late.Cost);
        }

        Advance(now);
        return now;
    }

    private void Advance(TimeSpan now)
    {
        foreach (var window in _shared) window.Advance(now);
        foreach (var windows in _orders.Values)
            foreach (var window in windows)
                window.Advance(now);
    }

    private void Settle(in RequestCost cost)
    {
        foreach (var window in _shared) window.Settle(cost.Of(window.Limit.Kind));
        foreach (var window in OrdersOf(in cost)) window.Settle(cost.Orders);
    }

    private List<RateWindow> OrdersOf(in RequestCost cost)
    {
        if (cost.Orders == 0) return NoWindows;
        if (_orders.TryGetValue(cost.Account, out var windows)) return windows;
        windows = [];
        Adopt(windows, Now, isOfAccount: true);
        return _orders[cost.Account] = windows;
    }

    private void Adopt(List<RateWindow> windows, TimeSpan now, bool isOfAccount)
    {
        var adopted = new List<RateWindow>();
        foreach (var limit in _limits)
        {
            if (limit.Kind == RateLimitKind.Orders != isOfAccount) continue;
            if (windows.Find(window => window.Limit.Kind == limit.Kind && window.Limit.Window == limit.Window) is not { } known)
            {
                known = new RateWindow(limit, now);
                // All that is known to have been used lately may fall into the new window too.
                known.Take(windows.Where(window => window.Limit.Kind == limit.Kind).Select(window => window.UnderWay).DefaultIfEmpty(0).Max());
                known.Count(windows.Where(window => window.Limit.Kind == limit.Kind).Select(window => window.Used - window.UnderWay).DefaultIfEmpty(0).Max());
            }

            known.Adopt(limit.Limit);
            adopted.Add(known);
        }

        windows.Clear();
        windows.AddRange(adopted);
    }
}
