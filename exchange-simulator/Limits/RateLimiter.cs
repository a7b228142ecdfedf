using OrleansTrader.ExchangeSimulator.Accounts;
using OrleansTrader.ExchangeSimulator.Api;
using OrleansTrader.ExchangeSimulator.Clock;

namespace OrleansTrader.ExchangeSimulator.Limits;

/// <summary>Counts what every address and account asks, refuses what is too much, and bans who goes on.</summary>
internal sealed class RateLimiter(LimitOptions options, AssumptionOptions assumptions, ExchangeTime time)
{
    private static readonly TimeSpan LongestBan = TimeSpan.FromDays(3);

    private readonly Dictionary<string, Address> _addresses = new(StringComparer.Ordinal);
    private readonly Dictionary<long, Orders> _orders = [];

    public LimitOptions Options => options;

    /// <summary>How often somebody was refused or disconnected for asking too much, whatever kind of too much.</summary>
    public long Excesses { get; private set; }

    /// <summary>Counts who was disconnected for talking too much.</summary>
    public void CountExcess() => Excesses++;

    /// <summary>The weight that an address used in this minute.</summary>
    public int WeightOf(string ip) => Of(ip).Weight.UsedAt(time.Now);

    public (int Per10Seconds, int PerDay) OrdersOf(Account account)
    {
        var orders = OrdersFor(account);
        return (orders.Per10Seconds.UsedAt(time.Now), orders.PerDay.UsedAt(time.Now));
    }

    /// <summary>Counts a request; refuses it with 429, and with 418 who is banned.</summary>
    public void Charge(string ip, int weight)
    {
        var address = Of(ip);
        RefuseBanned(address);
        var raw = address.Raw.Add(1, time.Now);
        var used = address.Weight.Add(weight, time.Now);
        var isTooMuch = used > options.RequestWeight;
        if (!isTooMuch && raw <= options.RawRequests)
        {
            address.Refusals = 0;
            return;
        }

        Excesses++;
        if (++address.Refusals > options.RefusalsBeforeBan)
        {
            Ban(address);
            RefuseBanned(address);
        }

        var window = isTooMuch ? address.Weight : address.Raw;
        var text = isTooMuch
            ? $"Too much request weight used; current limit is {options.RequestWeight} request weight per 1 MINUTE. Please use WebSocket Streams for live updates to avoid polling the API."
            : $"Too many requests; current limit is {options.RawRequests} raw requests per 5 MINUTE.";
        throw new Refusal(-1003, text, status: 429) { RetryAt = window.EndAt(time.Now) };
    }

    /// <summary>Gives back what a request cost that costs nothing when it succeeds.</summary>
    public void GiveBack(string ip, int weight) => Of(ip).Weight.Add(-weight, time.Now);

    /// <summary>False when an address makes too many connections, or is banned.</summary>
    public bool TryConnect(string ip)
    {
        var address = Of(ip);
        var isIn = address.BannedUntil <= time.Now && address.Connections.Add(1, time.Now) <= options.Connections;
        if (!isIn) Excesses++;
        return isIn;
    }

    public bool IsBanned(string ip) => Of(ip).BannedUntil > time.Now;

    /// <summary>Bans an address for so long, whatever it did.</summary>
    public void Ban(string ip, TimeSpan length) => Of(ip).BannedUntil = time.Now + length;

    /// <summary>Refuses so many orders more when that is too many.</summary>
    public void JudgeOrders(Account account, int count)
    {
        if (TooMany(account, count) is not { } refusal) return;
        Excesses++;
        throw refusal;
    }

    /// <summary>What <see cref="JudgeOrders"/> would say; null when there is room.</summary>
    public Refusal? TooMany(Account account, int count)
    {
        var orders = OrdersFor(account);
        if (orders.PerDay.UsedAt(time.Now) + count > options.OrdersPerDay) return TooMany($"{options.OrdersPerDay} orders per 1 DAY", orders.PerDay);
        if (orders.Per10Seconds.UsedAt(time.Now) + count > options.OrdersPer10Seconds) return TooMany($"{options.OrdersPer10Seconds} orders per 10 SECOND", orders.Per10Seconds);
        return null;
    }

    public void CountOrders(Account account, int count) => Add(account, count);

    /// <summary>Gives back for an order that has begun to trade.</summary>
    public void CountBack(Account account, bool isMaker) => Add(account, -(isMaker ? assumptions.CountBackForMaker : assumptions.CountBackForTaker));

    private void Add(Account account, int count)
    {
        var orders = OrdersFor(account);
        orders.Per10Seconds.Add(count, time.Now);
        orders.PerDay.Add(count, time.Now);
    }

    private Refusal TooMany(string limit, FixedWindow window) =>
        new(-1015, $"Too many new orders; current limit is {limit}.", status: 429) { RetryAt = window.EndAt(time.Now) };

    private void Ban(Address address)
    {
        var length = options.FirstBan * Math.Pow(5, address.Bans);
        address.BannedUntil = time.Now + (length < LongestBan ? length : LongestBan);
        address.Bans++;
        address.Refusals = 0;
    }

    private void RefuseBanned(Address address)
    {
        if (address.BannedUntil <= time.Now) return;
        Excesses++;
        var until = (address.BannedUntil - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond;
        throw new Refusal(-1003, $"Way too much request weight used; IP banned until {until}. Please use WebSocket Streams for live updates to avoid bans.", status: 418)
        {
            RetryAt = address.BannedUntil,
        };
    }

    private Address Of(string ip)
    {
        if (_addresses.TryGetValue(ip, out var known)) return known;
        return _addresses[ip] = new Address();
    }

    private Orders OrdersFor(Account account)
    {
        if (_orders.TryGetValue(account.Id, out var known)) return known;
        return _orders[account.Id] = new Orders();
    }

    private sealed class Address
    {
        public FixedWindow Weight { get; } = new(TimeSpan.FromMinutes(1));

        public FixedWindow Raw { get; } = new(TimeSpan.FromMinutes(5));

        public FixedWindow Connections { get; } = new(TimeSpan.FromMinutes(5));

        public DateTime BannedUntil { get; set; }

        public int Refusals { get; set; }

        public int Bans { get; set; }
    }

    private sealed class Orders
    {
        public FixedWindow Per10Seconds { get; } = new(TimeSpan.FromSeconds(10));

        public FixedWindow PerDay { get; } = new(TimeSpan.FromDays(1));
    }
}
