using OrleansTrader.ExchangeSimulator.Accounts;
using OrleansTrader.ExchangeSimulator.Clock;
using OrleansTrader.ExchangeSimulator.Faults;
using OrleansTrader.ExchangeSimulator.Limits;
using OrleansTrader.ExchangeSimulator.Markets;
using OrleansTrader.ExchangeSimulator.Orders;
using OrleansTrader.ExchangeSimulator.Streams;

namespace OrleansTrader.ExchangeSimulator;

/// <summary>The state of the exchange: its markets, accounts and orders at one moment.</summary>
internal sealed class ExchangeFloor
{
    private readonly Dictionary<string, (Account Account, KeyOptions Key)> _keys = new(StringComparer.Ordinal);
    private readonly Queue<(Account Account, bool IsMaker)> _begun = new();
    private readonly MarketTape _tape;

    public ExchangeFloor(SimulatorOptions options, Core.Ports.IMarketFeed feed, DateTime start)
    {
        Options = options;
        Faults = new FaultPlan(options.Faults, options.Seed);
        Time.Now = start;
        foreach (var rules in feed.Symbols)
        {
            var filters = options.Filters.TryGetValue(rules.Symbol, out var named) ? named : SymbolFilters.Of(rules);
            Markets.Add(rules.Symbol, new SymbolMarket(rules, filters, options, feed.Interval));
        }

        foreach (var account in options.Accounts) Add(account);
        Register = new OrderRegister(options.Seed, options.Assumptions);
        Feed = new AccountFeed(Time, Register);
        Limits = new RateLimiter(options.Limits, options.Assumptions, Time);
        Checks = new OrderChecks(Register, Time);
        var commission = new Commission(options.Assumptions.CommissionRounding, symbol => Markets.GetValueOrDefault(symbol));
        var settlement = new Settlement(commission, Feed, Time) { FirstFill = (account, isMaker) => _begun.Enqueue((account, isMaker)) };
        Taking = new Taking(settlement, Feed, Register, Time) { IsCutShort = () => Faults.Strikes(Faults.Options.PartialFills) };
        Orders = new OrderDesk(Register, Checks, Taking, settlement, Feed, Time, options.Assumptions, options.Market);
        Lists = new ListDesk(Orders, Register, Checks, Feed, Time);
        Amendments = new AmendmentDesk(Orders, Register, Checks, Feed, Time);
        _tape = new MarketTape(feed, options.Market, start);
    }

    public SimulatorOptions Options { get; }

    public ExchangeTime Time { get; } = new();

    public FaultPlan Faults { get; }

    /// <summary>The time that the exchange tells, and judges timestamps by.</summary>
    public DateTime ShownNow => Time.Now.AddMilliseconds(Faults.Options.ClockSkewMilliseconds);

    /// <summary>By symbol, in ordinal order.</summary>
    public SortedDictionary<string, SymbolMarket> Markets { get; } = new(StringComparer.Ordinal);

    public List<Account> Accounts { get; } = [];

    public OrderRegister Register { get; }

    public OrderChecks Checks { get; }

    public Taking Taking { get; }

    public OrderDesk Orders { get; }

    public ListDesk Lists { get; }

    public AmendmentDesk Amendments { get; }

    public AccountFeed Feed { get; }

    public RateLimiter Limits { get; }

    /// <summary>How often somebody asked for an order or its end, whatever came of it; rehearsals do not count.</summary>
    public long OrderRequests { get; set; }

    /// <summary>How much later the market is played than it is dated.</summary>
    public TimeSpan MarketShift => _tape.Shift;

    /// <summary>True when the market has no bars left.</summary>
    public bool HasEnded => _tape.HasEnded;

    /// <summary>Told of each move of a market, with the trade that made it.</summary>
    public Action<SymbolMarket, MarketTrade?>? Moved { get; set; }

    /// <summary>Told when all of a request or of a move of a market is done.</summary>
    public Action? Concluded { get; set; }

    /// <summary>Told when the time of the market has gone on.</summary>
    public Action? Passed { get; set; }

    public (Account Account, KeyOptions Key)? KeyOf(string apiKey) => _keys.TryGetValue(apiKey, out var found) ? found : null;

    public Account? Find(string name) => Accounts.Find(account => string.Equals(account.Name, name, StringComparison.Ordinal));

    /// <summary>Plays the market up to that moment.</summary>
    public void AdvanceTo(DateTime now)
    {
        while (_tape.TryTake(now, out var rules, out var tick))
        {
            if (tick.Time > Time.Now) Time.Now = tick.Time;
            Passed?.Invoke();
            if (Markets.TryGetValue(rules.Symbol, out var market)) Play(market, tick);
        }

        if (now > Time.Now) Time.Now = now;
        foreach (var market in Markets.Values) market.Klines.FillUpTo(Time.Now);
        Passed?.Invoke();
    }

    /// <summary>Tells the accounts of balances that have changed, and gives back what is counted for orders that have begun to trade.</summary>
    public void Conclude()
    {
        Feed.Positions(Accounts);
        while (_begun.TryDequeue(out var order)) Limits.CountBack(order.Account, order.IsMaker);
        Concluded?.Invoke();
    }

    /// <summary>Takes a symbol off the exchange: its open orders end, and nobody knows it any more.</summary>
    public void Delist(SymbolMarket market)
    {
        EndOrders(market);
        Markets.Remove(market.Symbol);
    }

    /// <summary>Ends all open orders of a symbol, as the exchange does by itself.</summary>
    public void EndOrders(SymbolMarket market)
    {
        foreach (var order in Register.Orders.Where(order => order.Market == market && order.IsOpen).ToArray())
            Orders.End(order, OrderStatus.Expired, ExpiryReason.ExchangeCanceled);
        Conclude();
    }

    private void Play(SymbolMarket market, in MarketTick tick)
    {
        if (market.Phase == TradingPhase.Break) return;
        var from = market.Last == 0 ? tick.Price : market.Last;
        var trade = market.Move(in tick);
        if (market.Phase == TradingPhase.Trading) Orders.Meet(market, from, in tick);
        else market.LayBook(tick.Price);
        Moved?.Invoke(market, trade);
        Conclude();
    }

    private void Add(AccountOptions options)
    {
        var account = new Account(options, Accounts.Count + 1);
        foreach (var (asset, amount) in options.Balances) account.Of(asset).Free = amount;
        account.History.Keep(Time.Now, account.Balances);
        Accounts.Add(account);
        foreach (var key in options.Keys) _keys.Add(key.ApiKey, (account, key));
    }
}
