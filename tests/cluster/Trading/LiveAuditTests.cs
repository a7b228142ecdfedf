#if !ORLEANS
using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Embedded;
using Orleans.Hosting;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Backtesting;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Matching;
using OrleansTrader.Core.Ports;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using OrleansTrader.GrainInterfaces;
using OrleansTrader.Silo.Hosting;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Trading;

/// <summary>An account beside a live exchange that says what a test wants it to, in virtual time. The account begins with 10,000.</summary>
public sealed class LiveAuditTests
{
    private static readonly SymbolRules A = new("AUSDT", "A", "USDT", 0.01m, 0.01m, 5);
    private static readonly SymbolRules B = new("BUSDT", "B", "USDT", 0.01m, 0.01m, 5);

    private readonly ScriptedExchange _exchange = new();
    private readonly Orleans.Embedded.Simulation _simulation = new(1);
    private readonly ThrowAwayState _memory = new();

    [Fact]
    public void Nothing_is_decided_before_the_exchange_has_answered_and_agrees() => Run(async (host, time) =>
    {
        _exchange.IsAway = true;
        for (var second = 0; second < 20; second++)
        {
            Assert.Equal(StepOutcome.Waiting, await host.Strategy.StepAsync());
            await Task.Delay(TimeSpan.FromSeconds(1), time);
        }

        var view = await host.Exchange.ViewAsync();
        Assert.Equal((false, "The exchange could not be asked what the account has there."), (view.IsSettled, view.Differences));
        _exchange.IsAway = false;
        await Task.Delay(TimeSpan.FromSeconds(6), time);
        Assert.Equal(StepOutcome.Done, await host.Strategy.StepAsync());
        view = await host.Exchange.ViewAsync();
        Assert.Equal((true, ""), (view.IsSettled, view.Differences));
    });

    [Fact]
    public void What_a_fresh_account_finds_there_is_taken_over_once_it_has_stayed_so() => Run(async (host, time) =>
    {
        _exchange.Assets = [new("USDT", 9_000), new("A", 3)];
        Assert.Equal(StepOutcome.Waiting, await host.Strategy.StepAsync());
        Assert.Equal("The exchange has 9000 USDT and the account 10000; the exchange has 3 A and the account 0.", (await host.Exchange.ViewAsync()).Differences);
        await Task.Delay(TimeSpan.FromSeconds(8), time);
        // Balances may show a trade later than orders do.
        Assert.Equal(StepOutcome.Waiting, await host.Strategy.StepAsync());
        await Task.Delay(TimeSpan.FromSeconds(20), time);
        Assert.Equal(StepOutcome.Done, await host.Strategy.StepAsync());
        var facts = await TradingHost.FactsAsync(_memory.Journal);
        Assert.Equal([(FactKind.FundsMoved, -1_000m), (FactKind.HoldingMoved, 300m)], facts.Where(fact => fact.Kind is FactKind.FundsMoved or FactKind.HoldingMoved).Select(fact => (fact.Kind, fact.Amount)));
    });

    [Fact]
    public void What_was_different_for_a_moment_is_left_alone() => Run(async (host, time) =>
    {
        await SettleAsync(host, time);
        _exchange.Assets = [new("USDT", 9_000)];
        _exchange.Hear();
        await Task.Delay(TimeSpan.FromSeconds(2), time);
        Assert.False((await host.Exchange.ViewAsync()).IsSettled);
        _exchange.Assets = [new("USDT", 10_000)];
        await Task.Delay(TimeSpan.FromSeconds(10), time);
        Assert.True((await host.Exchange.ViewAsync()).IsSettled);
        Assert.DoesNotContain(await TradingHost.FactsAsync(_memory.Journal), fact => fact.Kind == FactKind.FundsMoved);
    });

    [Fact]
    public void A_journal_that_is_older_than_what_was_traded_is_never_traded_with() => Run(async (host, time) =>
    {
        _exchange.LastOrderId = 99;
        // It may protect a position of which this journal does not know.
        _exchange.Orders = [new(99, A.Symbol, "ot-99s", OrderSide.Sell, OcoLeg.Stop, 1, 0)];
        for (var minute = 0; minute < 10; minute++)
        {
            Assert.Equal(StepOutcome.Waiting, await host.Strategy.StepAsync());
            await Task.Delay(TimeSpan.FromMinutes(1), time);
        }

        Assert.StartsWith("The exchange has seen order 99 of this account, and its journal has not come so far", (await host.Exchange.ViewAsync()).Differences, StringComparison.Ordinal);
        Assert.Empty(_exchange.Sent);
    });

    [Fact]
    public void An_order_that_the_account_is_done_with_is_taken_back_and_locks_its_symbol_if_it_stays() => Run(async (host, time) =>
    {
        _exchange.Orders = [new(7, A.Symbol, "ot-7", OrderSide.Buy, OcoLeg.None, 1, 0)];
        // The number is one of its own, and so none that it does not know of yet.
        await SettleAsync(host, time);
        Assert.All(_exchange.Sent, sent => Assert.Equal((RequestKind.Cancel, 7L, A.Symbol), (sent.Kind, sent.OrderId, sent.Symbol)));
        Assert.Equal(4, _exchange.Sent.Count);
        var held = Assert.Single(await TradingHost.FactsAsync(_memory.Journal), fact => fact.Kind == FactKind.LockSet).Lock!;
        Assert.Equal((LockReason.Difference, A.Symbol), (held.Reason, held.Symbol));
    });

    [Fact]
    public void Rules_that_the_exchange_has_changed_are_the_accounts_before_it_goes_on() => Run(async (host, time) =>
    {
        var coarser = A with { TickSize = 0.5m };
        _exchange.Rules = [coarser, B];
        await SettleAsync(host, time);
        Assert.Equal([A, B, coarser], (await TradingHost.FactsAsync(_memory.Journal)).Where(fact => fact.Kind == FactKind.SymbolListed).Select(fact => fact.Rules!));
        _exchange.Rules = [coarser, B with { MinNotional = 20 }];
        await Task.Delay(TimeSpan.FromSeconds(62), time);
        Assert.Equal(B with { MinNotional = 20 }, (await TradingHost.FactsAsync(_memory.Journal)).Last(fact => fact.Kind == FactKind.SymbolListed).Rules);
    });

    [Fact]
    public void Money_that_never_stays_the_same_is_not_traded_with() => Run(async (host, time) =>
    {
        for (var second = 0; second < 600; second++)
        {
            _exchange.Assets = [new("USDT", 9_000 + second)];
            if (second % 5 == 0) Assert.Equal(StepOutcome.Waiting, await host.Strategy.StepAsync());
            await Task.Delay(TimeSpan.FromSeconds(1), time);
        }
    });

    [Fact]
    public void A_request_that_hangs_holds_up_no_other_symbol_and_no_decision() => Run(async (host, time) =>
    {
        await SettleAsync(host, time);
        _exchange.Hangs = A.Symbol;
        await host.Exchange.EnqueueAsync([Order(1, A), Order(2, A), Order(3, B)], default);
        await Task.Delay(TimeSpan.FromSeconds(3), time);
        Assert.Equal([1L, 3L], _exchange.Sent.Select(sent => sent.OrderId));
        Assert.Equal(2, (await host.Exchange.ViewAsync()).Queued);
        Assert.Equal(StepOutcome.Done, await host.Strategy.StepAsync());
        await host.Exchange.EnqueueAsync([Order(4, B)], default);
        await Task.Delay(TimeSpan.FromSeconds(1), time);
        Assert.Equal([1L, 3L, 4L], _exchange.Sent.Select(sent => sent.OrderId));
        _exchange.Release();
        await Task.Delay(TimeSpan.FromSeconds(1), time);
        Assert.Equal([1L, 3L, 4L, 2L], _exchange.Sent.Select(sent => sent.OrderId));
    });

    [Fact]
    public async Task A_service_that_stops_sends_what_leaves_a_position_first_and_waits_for_it()
    {
        var host = await StartAsync(_ => { });
        await SettleAsync(host, TimeProvider.System);
        _exchange.Hangs = A.Symbol;
        await host.Exchange.EnqueueAsync([Order(1, A), Order(2, A), Order(3, A) with { Purpose = OrderPurpose.Entry }], default);
        Assert.Equal(StepOutcome.Done, await host.Exchange.SettledAsync());
        var stopping = host.DisposeAsync().AsTask();
        Assert.False(stopping.IsCompleted);
        _exchange.Release();
        await stopping;
        Assert.Equal([1L, 2L], _exchange.Sent.Select(sent => sent.OrderId));
    }

    [Fact]
    public void What_was_compared_minutes_ago_is_not_known_any_more() => Run(async (host, time) =>
    {
        await SettleAsync(host, time);
        _exchange.IsAway = true;
        await Task.Delay(TimeSpan.FromSeconds(130), time);
        Assert.False((await host.Exchange.ViewAsync()).IsSettled);
        Assert.Equal(StepOutcome.Waiting, await host.Strategy.StepAsync());
        _exchange.IsAway = false;
        await Task.Delay(TimeSpan.FromSeconds(6), time);
        Assert.Equal(StepOutcome.Done, await host.Strategy.StepAsync());
    });

    private static OrderRequest Order(long id, SymbolRules rules) =>
        new() { Kind = RequestKind.Place, OrderId = id, Symbol = rules.Symbol, Side = OrderSide.Sell, Type = OrderType.Market, Purpose = OrderPurpose.Exit, Quantity = 1 };

    private static async Task SettleAsync(TradingHost host, TimeProvider time)
    {
        for (var second = 0; await host.Strategy.StepAsync() == StepOutcome.Waiting; second++)
        {
            Assert.True(second < 120, "it never settles");
            await Task.Delay(TimeSpan.FromSeconds(1), time);
        }
    }

    private void Run(Func<TradingHost, TimeProvider, Task> story)
    {
        var process = _simulation.StartProcess();
        _simulation.Run(async () => await story(await StartAsync(services => services.UseSimulation(process)), process.Time), maxSteps: 200_000);
    }

    private Task<TradingHost> StartAsync(Action<IServiceCollection> runtime)
    {
        var bars = Enumerable.Range(0, 5).Select(n => new Candle(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(n), 100, 101, 99, 100, 1_000)).ToArray();
        return TradingHost.StartAsync(
            new TapeFeed(Interval.OneMinute, [new SymbolTape(A, bars), new SymbolTape(B, bars)]),
            _memory,
            new MatchingOptions(),
            RiskLimits.None,
            QuietStrategy.Entry.Name,
            services =>
            {
                runtime(services);
                services.AddSingleton<IExchangeConnector>(_exchange);
            },
            library: new StrategyLibrary([QuietStrategy.Entry], []));
    }

    /// <summary>Has what it is given, and takes every order.</summary>
    private sealed class ScriptedExchange : ILiveExchange, IExchangeConnector
    {
        private TaskCompletionSource _released = new();
        private Action? _heard;
        private bool _doubt;

        public ImmutableArray<OwnedAsset> Assets { get; set; } = [new("USDT", 10_000)];

        public ImmutableArray<RestingOrder> Orders { get; set; } = [];

        public ImmutableArray<SymbolRules> Rules { get; set; } = [];

        public long LastOrderId { get; set; }

        public bool IsAway { get; set; }

        public string Hangs { get; set; } = "";

        public List<OrderRequest> Sent { get; } = [];

        public DateTime Now { get; set; } = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

        public IExchange Connect(string account) => this;

        public void Listen(Action heard) => _heard = heard;

        public void Hear()
        {
            _doubt = true;
            _heard?.Invoke();
        }

        public void Release()
        {
            Hangs = "";
            _released.SetResult();
            _released = new TaskCompletionSource();
        }

        public bool TakeDoubt()
        {
            var doubt = _doubt;
            _doubt = false;
            return doubt;
        }

        public async ValueTask<OrderOutcome> SendAsync(OrderRequest request, CancellationToken cancellation)
        {
            Sent.Add(request);
            if (string.Equals(request.Symbol, Hangs, StringComparison.Ordinal)) await _released.Task;
            return OrderOutcome.Accepted;
        }

        public ValueTask<OrderOutcome> FindAsync(OrderRequest request, CancellationToken cancellation) => ValueTask.FromResult(OrderOutcome.Accepted);

        public IReadOnlyList<ExecutionReport> TakeReports() => [];

        public ValueTask<ExchangePicture?> LookAsync(CancellationToken cancellation) =>
            ValueTask.FromResult(IsAway ? null : new ExchangePicture(Orders, Assets, [new(A.Symbol, 100), new(B.Symbol, 100)]) { LastOrderId = LastOrderId, Rules = Rules });
    }
}
#endif
