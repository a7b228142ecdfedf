#if !ORLEANS
using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Embedded;
using Orleans.Hosting;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using OrleansTrader.GrainInterfaces;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Trading;

/// <summary>What is under way to a live exchange while requests hang, are slow, or the service begins anew or ends.</summary>
public sealed class LiveTrafficTests : LiveStory
{
    private static readonly SymbolRules C = new("CUSDT", "C", "USDT", 0.01m, 0.01m, 5);

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
    public void To_begin_with_the_journal_again_waits_for_no_request_and_holds_up_no_exit() => Run(async (host, time) =>
    {
        await SettleAsync(host, time);
        _exchange.Hangs = A.Symbol;
        await host.Exchange.EnqueueAsync([Order(1, A)], default);
        await Task.Delay(TimeSpan.FromSeconds(1), time);
        Assert.Equal(StepOutcome.Done, await host.Exchange.RecoverAsync());
        await host.Exchange.EnqueueAsync([Order(2, B)], default);
        await Task.Delay(TimeSpan.FromSeconds(1), time);
        Assert.Equal([1L, 2L], _exchange.Sent.Select(sent => sent.OrderId));
    });

    [Fact]
    public void What_the_exchange_tells_while_the_service_begins_with_the_journal_again_is_booked() => Run(async (host, time) =>
    {
        await SettleAsync(host, time);
        _exchange.Hangs = A.Symbol;
        await host.Exchange.EnqueueAsync([Order(1, A)], default);
        await Task.Delay(TimeSpan.FromSeconds(1), time);
        var recovering = host.Exchange.RecoverAsync();
        _exchange.Reports.Add(new ExecutionReport { Kind = ReportKind.Differs, Symbol = B.Symbol, Quantity = 1, Time = _exchange.Now });
        _exchange.Release();
        await recovering;
        await Task.Delay(TimeSpan.FromSeconds(5), time);
        Assert.Single(await TradingHost.FactsAsync(_memory.Journal), fact => fact.Kind == FactKind.LockSet);
    });

    [Fact]
    public void An_order_that_never_arrived_and_is_to_be_taken_back_is_not_sent_again() => Run(async (host, time) =>
    {
        await SettleAsync(host, time);
        (_exchange.Answer, _exchange.Found) = (OrderOutcome.Unknown, OrderOutcome.Unknown);
        var entry = Order(1, A) with { Side = OrderSide.Buy, Purpose = OrderPurpose.Entry };
        await host.Exchange.EnqueueAsync([entry], default);
        await Task.Delay(TimeSpan.FromSeconds(1), time);
        await host.Exchange.EnqueueAsync([OrderRequest.Cancel(entry.OrderId, entry.Symbol, entry.Purpose, _exchange.Now)], default);
        await Task.Delay(TimeSpan.FromSeconds(1), time);
        (_exchange.Answer, _exchange.Found) = (OrderOutcome.Accepted, new OrderOutcome(OrderOutcomeKind.Rejected, RejectReason.NeverArrived));
        await Task.Delay(TimeSpan.FromSeconds(30), time);
        Assert.Equal([entry], _exchange.Sent);
        Assert.Equal((0, 0), await host.Exchange.ViewAsync() is var view ? (view.Queued, view.Unanswered) : default);
    });

    [Theory]
    [InlineData(100)]
    [InlineData(300)]
    [InlineData(2_000)]
    public void A_position_that_a_start_finds_is_looked_after_however_slow_the_exchange_is_and_however_often_it_is_asked(int latency) => _simulation.Run(
        async () =>
        {
            var (process, first) = await BeginAsync();
            (_exchange.Answer, _exchange.Found) = (OrderOutcome.Unknown, OrderOutcome.Unknown);
            for (var tick = 0; tick < 400 && _exchange.Sent.IsEmpty; tick++) await TickAsync(first, process);
            process.Kill();
            // It has bought 10 at 100, of which nobody has told, and the exchange takes no stop.
            var (entry, sent) = (_exchange.Sent.First(), _exchange.Sent.Count);
            (_exchange.Answer, _exchange.Found, _exchange.RefusesProtection, _exchange.LastOrderId) = (OrderOutcome.Accepted, OrderOutcome.Accepted, true, sent);
            _exchange.Trade = new ExecutionReport { Kind = ReportKind.Traded, OrderId = entry.OrderId, TradeId = 77, Quantity = 10, Price = 100, TradedInAll = 10, IsLast = true, Time = _exchange.Now };
            _exchange.Latency = TimeSpan.FromMilliseconds(latency);
            var (next, second) = await BeginAsync();
            for (var tick = 0; tick < 80; tick++)
            {
                // Money that never stays the same: no step is taken.
                _exchange.Assets = [new("USDT", 8_000 + tick), new("A", 10)];
                await TickAsync(second, next);
            }

            Assert.Equal([OrderPurpose.Protection, OrderPurpose.Exit], _exchange.Sent.Skip(sent).Where(later => string.Equals(later.Symbol, entry.Symbol, StringComparison.Ordinal)).Select(later => later.Purpose));
        },
        maxSteps: 2_000_000);

    [Fact]
    public void What_is_held_is_looked_after_while_the_orders_of_another_symbol_stay_in_question() => _simulation.Run(
        async () =>
        {
            var (process, host) = await BeginAsync();
            for (var tick = 0; tick < 400 && _exchange.Sent.Count < 2; tick++) await TickAsync(host, process);
            var (ofA, ofB) = (_exchange.Sent.First(sent => string.Equals(sent.Symbol, A.Symbol, StringComparison.Ordinal)), _exchange.Sent.First(sent => string.Equals(sent.Symbol, B.Symbol, StringComparison.Ordinal)));
            Tell(ReportKind.Canceled, ofA, quantity: 0);
            Tell(ReportKind.Traded, ofB, quantity: 5);
            _exchange.Assets = [new("USDT", 9_500), new("B", 5)];
            for (var tick = 0; tick < 40 && _exchange.Sent.All(sent => sent.Purpose != OrderPurpose.Protection); tick++) await TickAsync(host, process);
            var stop = _exchange.Sent.First(sent => sent.Purpose == OrderPurpose.Protection);
            // The entry of A is there for ever, and so are the legs of what protects B.
            _exchange.Orders =
            [
                new(ofA.OrderId, A.Symbol, "a", OrderSide.Buy, OcoLeg.None, 1, 0), new(stop.OrderId, B.Symbol, "s", OrderSide.Sell, OcoLeg.Stop, 5, 0), new(stop.OrderId, B.Symbol, "t", OrderSide.Sell, OcoLeg.Target, 5, 0),
            ];
            await UntilAsync(fact => fact is { Kind: FactKind.LockSet, Lock.Reason: LockReason.Difference });
            _exchange.Closed = [B.Symbol];
            await UntilAsync(fact => fact is { Kind: FactKind.LockSet, Lock.Reason: LockReason.NotTraded, Symbol: "BUSDT" });
            _exchange.Closed = [];
            await UntilAsync(fact => fact is { Kind: FactKind.LockLifted, Lock.Reason: LockReason.NotTraded, Symbol: "BUSDT" });

            async Task UntilAsync(Predicate<Fact> happens)
            {
                for (var tick = 0; !(await TradingHost.FactsAsync(_memory.Journal)).Exists(happens); tick++)
                {
                    Assert.True(tick < 800, "it never happens");
                    await TickAsync(host, process);
                }
            }
        },
        maxSteps: 2_000_000);

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
    public async Task A_service_that_stops_waits_with_no_exit_for_another_symbol()
    {
        var host = await StartAsync(_ => { }, strategy: null, C);
        await SettleAsync(host, TimeProvider.System);
        _exchange.IsGated = true;
        await host.Exchange.EnqueueAsync([Order(1, A), Order(2, B), Order(3, C), Order(4, B), Order(5, B), Order(6, C)], default);
        Assert.Equal(StepOutcome.Done, await host.Exchange.SettledAsync());
        var stopping = host.DisposeAsync().AsTask();
        // A hangs; each of the others lets the next one of its symbol out.
        foreach (var id in (long[])[3, 2, 4, 5, 6])
        {
            _exchange.LetThrough(id);
            await SentAsync(sent => sent.OrderId == id);
        }

        await SentAsync(sent => sent.OrderId == 5);
        Assert.False(stopping.IsCompleted);
        _exchange.LetThrough(1);
        await stopping;
        Assert.Equal([1L, 2L, 3L, 4L, 5L, 6L], _exchange.Sent.Select(sent => sent.OrderId).Order());
    }

    [Fact]
    public async Task What_follows_from_what_is_under_way_is_sent_before_the_service_stops()
    {
        await using var host = await StartAsync(_ => { }, BuyStrategy.Entry);
        await SettleAsync(host, TimeProvider.System);
        while (_exchange.Sent.IsEmpty) await host.Strategy.StepAsync();
        Tell(ReportKind.Traded, _exchange.Sent.First(), quantity: 5);
        var protection = await SentAsync(sent => sent.Purpose == OrderPurpose.Protection);
        await host.Exchange.FinishAsync();
        _exchange.IsGated = true;
        Assert.Equal(ControlOutcome.Done, await host.Portfolio.PullKillSwitchAsync());
        await SentAsync(sent => sent is { Kind: RequestKind.Cancel, Purpose: OrderPurpose.Protection });

        var finishing = host.Exchange.FinishAsync();
        Tell(ReportKind.Canceled, protection, quantity: 0);
        _exchange.LetThrough(protection.OrderId);
        var sale = await SentAsync(sent => sent.Purpose == OrderPurpose.Exit);
        Assert.Equal((5m, false), (sale.Quantity, finishing.IsCompleted));
        // The entry of the other symbol is taken back too.
        foreach (var sent in _exchange.Sent) _exchange.LetThrough(sent.OrderId);
        await finishing;
    }

    [Fact]
    public async Task A_service_that_stops_waits_for_nothing_longer_than_five_seconds()
    {
        await using var host = await StartAsync(_ => { });
        await SettleAsync(host, TimeProvider.System);
        _exchange.Hangs = A.Symbol;
        await host.Exchange.EnqueueAsync([Order(1, A)], default);
        Assert.Equal(StepOutcome.Done, await host.Exchange.SettledAsync());
        await host.Exchange.FinishAsync();
        Assert.Equal(1, (await host.Exchange.ViewAsync()).Queued);
        _exchange.Release();
    }

    private void Tell(ReportKind kind, OrderRequest order, decimal quantity)
    {
        _exchange.Reports.Add(new ExecutionReport { Kind = kind, OrderId = order.OrderId, TradeId = order.OrderId, Quantity = quantity, Price = 100, TradedInAll = quantity, IsLast = true, Time = _exchange.Now });
        _exchange.Hear();
    }

    private static async Task TickAsync(TradingHost host, SimulatedProcess process)
    {
        await host.Strategy.StepAsync();
        await Task.Delay(TimeSpan.FromMilliseconds(250), process.Time);
    }

    /// <summary>Waits for the first request of the kind.</summary>
    private async Task<OrderRequest> SentAsync(Func<OrderRequest, bool> isIt)
    {
        while (!_exchange.Sent.Any(isIt)) await Task.Delay(10, TestContext.Current.CancellationToken);
        return _exchange.Sent.First(isIt);
    }

    private async Task<(SimulatedProcess Process, TradingHost Host)> BeginAsync()
    {
        var process = _simulation.StartProcess();
        _exchange.Time = process.Time;
        return (process, await StartAsync(services => services.UseSimulation(process), BuyStrategy.Entry));
    }

    private sealed class BuyStrategy : BarStrategy
    {
        public static StrategyEntry Entry { get; } = new("buyer", "Buys.", [], _ => new BuyStrategy());

        public override string Name => Entry.Name;

        protected override void Prepare(IndicatorSet indicators)
        {
        }

        protected override Signal Evaluate(in Candle candle, VoteSheet? votes) => new(Direction.Long, 1, 90, 120);
    }
}
#endif
