using System.Runtime.InteropServices;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using OrleansTrader.Core.Strategies.Exits;

namespace OrleansTrader.Core.Tests.Accounts;

/// <summary>An account in the hands of a test, which plays the strategy and the exchange.</summary>
internal sealed class Trader
{
    public Trader(decimal cash = 1_000, RiskLimits? limits = null)
    {
        Limits = limits ?? RiskLimits.None;
        Account = new Account(new AccountState { Name = "test" }, explains: true);
        Account.Open(cash, "a test", Interval.OneHour, Build.Start);
        Account.List(Build.Btc, Build.Start);
        Account.List(Build.Eth, Build.Start);
        Facts.AddRange(Account.Facts);
    }

    public Account Account { get; }

    public AccountState State => Account.State;

    public RiskLimits Limits { get; set; }

    /// <summary>What is known beside the bars.</summary>
    public EntryMarket Market { get; set; }

    /// <summary>Taken over with each signal.</summary>
    public ExitRules Exits { get; set; } = new();

    /// <summary>Looks at its position before each signal; null where none does.</summary>
    public IPositionStrategy? Look { get; set; }

    public List<Fact> Facts { get; } = [];

    public Position Btc => State.Positions[0];

    public Position Eth => State.Positions[1];

    /// <summary>The bar under way.</summary>
    public int Hour { get; private set; }

    public OrderRequest[] Signal(string symbol, double price, Signal signal)
    {
        var slot = Ledger.SlotOf(State, symbol);
        return Turn(() =>
        {
            Account.Use(Limits);
            Account.Use(Exits);
            Account.Use(Look, endures: true);
            Account.OpenDay(Build.Close(Hour));
            Account.Mark(slot, price);
            Account.MarkEquity();
            Account.Watch(Build.Close(Hour));
            Account.Decide(slot, Build.Close(Hour), in signal, default, Limits, Market);
            Account.CompleteStep(Build.Close(Hour));
        });
    }

    /// <summary>One step with a verdict on each symbol, ETH at half the price of BTC.</summary>
    public OrderRequest[] Together(double price, Signal btc, Signal eth) => Turn(() =>
    {
        var time = Build.Close(Hour);
        Account.Use(Limits);
        Account.OpenDay(time);
        Account.Mark(0, price);
        Account.Mark(1, price / 2);
        Account.MarkEquity();
        Account.Watch(time);
        Account.Decide(0, time, in btc, default, Limits, Market);
        Account.Decide(1, time, in eth, default, Limits, Market);
        Account.CompleteStep(time);
    });

    public OrderRequest[] Buy(double price = 100, double stop = double.NaN, double target = double.NaN) =>
        Signal(Build.Btc.Symbol, price, new Signal(Direction.Long, 1, stop, target));

    public OrderRequest[] Leave(double price = 100) => Signal(Build.Btc.Symbol, price, OrleansTrader.Core.Strategies.Signal.Flat(1));

    public OrderRequest[] Report(params ExecutionReport[] reports) => Turn(() =>
    {
        Account.Use(Limits);
        Account.Settle(reports, Build.Close(Hour));
    });

    public OrderRequest[] Set(RunState run) => Turn(() => Account.SetRunState(run, Build.Close(Hour)));

    public void Agree(string terms) => Turn(() => Account.Agree("a strategy", terms, Build.Close(Hour)));

    public OrderRequest[] Command(Action<Account, DateTime> command) => Turn(() => command(Account, Build.Close(Hour)));

    public void NextHour() => Hour++;

    public void NextDay() => Hour += 24;

    public ExecutionReport Accepted(OrderRequest request) => new() { Kind = ReportKind.Accepted, OrderId = request.OrderId, Time = Build.Close(Hour) };

    public ExecutionReport Traded(OrderRequest request, long tradeId, decimal quantity, decimal price, bool isLast = true, OcoLeg leg = OcoLeg.None, decimal fee = 0) => new()
    {
        Kind = ReportKind.Traded,
        OrderId = request.OrderId,
        TradeId = tradeId,
        Quantity = quantity,
        Price = price,
        Fee = fee,
        IsLast = isLast,
        Leg = leg,
        Time = Build.Close(Hour),
    };

    public ExecutionReport Ended(OrderRequest request, ReportKind kind, decimal tradedInAll = 0) =>
        new() { Kind = kind, OrderId = request.OrderId, IsLast = true, TradedInAll = tradedInAll, Time = Build.Close(Hour) };

    private OrderRequest[] Turn(Action action)
    {
        Account.BeginTurn();
        action();
        Facts.AddRange(Account.Facts);
        return Account.Requests.ToArray();
    }

    /// <summary>The account that the facts alone give.</summary>
    public AccountState Replayed()
    {
        var state = new AccountState { Name = "test" };
        foreach (ref readonly var fact in CollectionsMarshal.AsSpan(Facts)) Ledger.Apply(state, in fact);
        return state;
    }
}
