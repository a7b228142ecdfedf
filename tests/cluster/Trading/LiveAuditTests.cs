#if !ORLEANS
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;
using OrleansTrader.Core.Risk;
using OrleansTrader.GrainInterfaces;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Trading;

/// <summary>What is compared with a live exchange, and what follows from it.</summary>
public sealed class LiveAuditTests : LiveStory
{
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
        Assert.Equal((false, "The exchange could not be asked what the account has there: The line is cut."), (view.IsSettled, view.Differences));
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
        await Task.Delay(TimeSpan.FromMilliseconds(100), time);
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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_stays_different_about_the_orders_of_a_locked_symbol_holds_up_no_step(bool tells) => Run(async (host, time) =>
    {
        await SettleAsync(host, time);
        if (!tells) _exchange.Answer = OrderOutcome.Unknown;
        _exchange.Orders = [new(7, A.Symbol, "ot-7", OrderSide.Buy, OcoLeg.None, 1, 0)];
        for (var second = 0; (await TradingHost.FactsAsync(_memory.Journal)).All(fact => fact.Kind != FactKind.LockSet); second++)
        {
            Assert.True(second < 600, "it is never locked");
            await Task.Delay(TimeSpan.FromSeconds(1), time);
        }

        for (var second = 0; second < 1_200; second++)
        {
            Assert.True((await host.Exchange.ViewAsync()).IsSettled, $"after {second} s");
            await Task.Delay(TimeSpan.FromSeconds(1), time);
        }

        // Lifted by its owner, it is compared like any other.
        await host.Portfolio.LiftLockAsync((await TradingHost.FactsAsync(_memory.Journal)).Last(fact => fact.Kind == FactKind.LockSet).Lock!.Id);
        for (var second = 0; (await host.Exchange.ViewAsync()).IsSettled; second++)
        {
            Assert.True(second < 120, "it stays settled");
            await Task.Delay(TimeSpan.FromSeconds(1), time);
        }
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

    [Fact]
    public void A_look_without_an_end_settles_nothing() => Run(async (host, time) =>
    {
        await SettleAsync(host, time);
        _exchange.LookGate = new TaskCompletionSource();
        await Task.Delay(TimeSpan.FromMinutes(4), time);
        Assert.Equal(StepOutcome.Waiting, await host.Strategy.StepAsync());
        var view = await host.Exchange.ViewAsync();
        Assert.Equal((false, "The exchange could not be asked what the account has there."), (view.IsSettled, view.Differences));
        _exchange.LookGate.SetResult();
        _exchange.LookGate = null;
        await Task.Delay(TimeSpan.FromSeconds(40), time);
        Assert.Equal(StepOutcome.Done, await host.Strategy.StepAsync());
    });

    [Fact]
    public void Rules_of_an_older_look_do_not_come_back() => Run(async (host, time) =>
    {
        _exchange.Rules = [A, B];
        await SettleAsync(host, time);
        var coarser = A with { TickSize = 0.5m };
        _exchange.LookGate = new TaskCompletionSource();
        _exchange.Hear();
        await Task.Delay(TimeSpan.FromSeconds(1), time);
        _exchange.Hangs = A.Symbol;
        await host.Exchange.EnqueueAsync([Order(1, A)], default);
        await Task.Delay(TimeSpan.FromSeconds(1), time);
        _exchange.LookGate.SetResult();
        _exchange.LookGate = null;
        await Task.Delay(TimeSpan.FromSeconds(1), time);
        // Refused for the new grid, which is told with the refusal.
        _exchange.Rules = [coarser, B];
        _exchange.Reports.Add(new ExecutionReport { Kind = ReportKind.Listed, Symbol = A.Symbol, Rules = coarser, Time = _exchange.Now });
        _exchange.Release();
        await Task.Delay(TimeSpan.FromSeconds(70), time);
        var listed = (await TradingHost.FactsAsync(_memory.Journal)).Where(fact => fact.Kind == FactKind.SymbolListed && string.Equals(fact.Symbol, A.Symbol, StringComparison.Ordinal));
        Assert.Equal([0.01m, 0.5m], listed.Select(fact => fact.Rules!.TickSize));
    });
}
#endif
