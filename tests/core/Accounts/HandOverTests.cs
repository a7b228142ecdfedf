using FsCheck;
using FsCheck.Fluent;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using Xunit;

namespace OrleansTrader.Core.Tests.Accounts;

/// <summary>The exchange has taken a symbol off for good, and the account lets go of it.</summary>
public class HandOverTests
{
    [Fact]
    public void What_is_held_is_its_owners_at_the_latest_close_and_its_orders_are_gone()
    {
        var trader = new Trader(cash: 1_000);
        var entry = trader.Buy(stop: 90, target: 120).Single();
        var protection = trader.Report(trader.Accepted(entry), trader.Traded(entry, 1, 9, 100)).Single();
        trader.Report(trader.Accepted(protection));
        trader.NextHour();
        trader.Signal(Build.Btc.Symbol, 80, default);

        Assert.Empty(trader.Command((account, time) => account.HandOver(Build.Btc.Symbol, time)));
        Assert.Equal((100m, -720m, -180m), (trader.State.Cash, trader.State.Flows, trader.Btc.Record.RealisedPnl));
        Assert.Equal((100, PositionState.Closed, 0), (trader.State.Equity.Latest, trader.Btc.State, trader.State.Orders.Count));
        var closed = trader.Facts.Single(fact => fact.Kind == FactKind.PositionClosed);
        Assert.Equal((ExitReason.External, 80m), (closed.Exit, closed.Price));

        // There is nothing left to let go of.
        var facts = trader.Facts.Count;
        trader.Command((account, time) => account.HandOver(Build.Btc.Symbol, time));
        Assert.Equal(facts, trader.Facts.Count);
    }

    [Fact]
    public void It_leaves_nothing_of_the_symbol_and_all_of_the_others_whatever_was_under_way()
    {
        const int Cases = 400;
        var (held, working, dust, own) = (0, 0, 0, 0);
        Prop.ForAll((from seed in Gen.Choose(0, int.MaxValue) from events in Gen.Choose(5, 60) select (seed, events)).ToArbitrary(), run =>
        {
            var dealings = new Dealings(run.seed);
            for (var i = 0; i < run.events; i++) Assert.True(dealings.Next(), dealings.Problem);
            var trader = dealings.Trader;
            var (before, eth) = (trader.State.Copy(), Dealings.Told(EthAlone(trader.State)));
            var btc = before.Positions[0];
            held += btc.IsHeld ? 1 : 0;
            working += before.Orders.Exists(IsOfBtc) ? 1 : 0;
            dust += btc.Dust > 0 ? 1 : 0;
            own += btc.External > 0 ? 1 : 0;

            Assert.Empty(trader.Command((account, time) => account.HandOver(Build.Btc.Symbol, time)));
            var (after, state) = (trader.Btc, trader.State);
            Assert.Equal((0m, 0m, 0m, true), (after.Quantity, after.Dust, after.External, after.IsIdle));
            Assert.Equal((0L, 0L, 0L, 0L), (after.EntryOrderId, after.ProtectionOrderId, after.ExitOrderId, after.ReductionOrderId));
            Assert.Equal((ExitReason.None, false, 0), (after.Leaving, after.IsUnprotected, after.OrdersInDoubt));
            Assert.DoesNotContain(state.Orders, IsOfBtc);
            Assert.Equal(before.Cash, state.Cash);
            Assert.Equal(before.Flows - btc.Value - btc.ExternalValue, state.Flows);
            Assert.Equal(state.Cash + state.Positions.Sum(position => position.Value + position.ExternalValue), state.EquityValue);
            Assert.Equal(state.Orders.Sum(order => order.Reserved), state.Reserved);
            Assert.Equal(eth, Dealings.Told(EthAlone(state)));
            Assert.Equal(Dealings.Told(state), Dealings.Told(trader.Replayed()));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases));
        Assert.True(Math.Min(Math.Min(held, working), Math.Min(dust, own)) > Cases / 20, $"{held} held, {working} with orders, {dust} with dust and {own} with coins of the owner prove little");
    }

    private static bool IsOfBtc(OpenOrder order) => string.Equals(order.Request.Symbol, Build.Btc.Symbol, StringComparison.Ordinal);

    private static AccountState EthAlone(AccountState state)
    {
        var alone = new AccountState { Name = state.Name };
        alone.Positions.Add(state.Copy().Positions[1]);
        alone.Orders.AddRange(state.Orders.Where(order => !IsOfBtc(order)));
        return alone;
    }
}
