using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.GrainInterfaces.Views;
using OrleansTrader.Grains;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Trading;

/// <summary>A decision is told with the orders and the trade that are its own.</summary>
public class DecisionRecordTests
{
    private const string Btc = "BTCUSDT";
    private static readonly DateTime Start = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly List<DecisionView> _decisions = [];
    private readonly List<FillView> _fills = [];
    private readonly List<TradeView> _trades = [];
    private long _sequence;

    [Fact]
    public void What_was_bought_is_told_with_its_trade_and_what_was_sold_likewise()
    {
        var bought = Decide("bought", order: 1);
        Fill(1, OrderSide.Buy, OrderPurpose.Entry);
        Fill(1, OrderSide.Buy, OrderPurpose.Entry);
        var left = Decide("left");
        Fill(3, OrderSide.Sell, OrderPurpose.Exit);
        var trade = Close(-35.66m);
        foreach (var record in new[] { Record(bought), Record(left) }) Assert.Equal(trade, record.Trade);
        Assert.Equal(([1, 1], [3]), (Record(bought).Fills.Select(fill => fill.OrderId).ToArray(), Record(left).Fills.Select(fill => fill.OrderId).ToArray()), Same);
        Assert.EndsWith("The position was closed on 2024-01-01 00:06 by signal at 90: -35.66 after fees.", Record(bought).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_purchase_that_was_cancelled_has_no_part_in_a_later_trade()
    {
        var bought = Decide("bought", order: 1);
        var killed = Decide("left");
        var later = Decide("bought", order: 2);
        Fill(2, OrderSide.Buy, OrderPurpose.Entry);
        Decide("left");
        Fill(3, OrderSide.Sell, OrderPurpose.Exit);
        var trade = Close(-35.66m);
        foreach (var record in new[] { Record(bought), Record(killed) })
        {
            Assert.Null(record.Trade);
            Assert.Empty(record.Fills);
            Assert.EndsWith("Nothing has been bought.", record.Text, StringComparison.Ordinal);
        }

        Assert.Equal(trade, Record(later).Trade);
    }

    [Fact]
    public void A_purchase_that_still_fills_while_it_is_left_is_of_the_same_trade()
    {
        Decide("bought", order: 1);
        Fill(1, OrderSide.Buy, OrderPurpose.Entry);
        var left = Decide("left");
        Fill(1, OrderSide.Buy, OrderPurpose.Entry);
        Fill(2, OrderSide.Sell, OrderPurpose.Exit);
        var trade = Close(5);
        Assert.Equal((trade, 2), (Record(left).Trade, Assert.Single(Record(left).Fills).OrderId));
    }

    [Fact]
    public void A_part_and_what_is_not_closed_yet_are_told_so_and_the_next_trade_is_another()
    {
        Decide("bought", order: 1);
        Fill(1, OrderSide.Buy, OrderPurpose.Entry);
        var reduced = Decide("reduced");
        Fill(3, OrderSide.Sell, OrderPurpose.Reduction);
        Assert.EndsWith("The position is not closed yet.", Record(reduced).Text, StringComparison.Ordinal);
        Assert.Equal(3, Assert.Single(Record(reduced).Fills).OrderId);
        Fill(4, OrderSide.Sell, OrderPurpose.Protection);
        var first = Close(7);
        Decide("bought", order: 5);
        Fill(5, OrderSide.Buy, OrderPurpose.Entry);
        Fill(6, OrderSide.Sell, OrderPurpose.Reduction);
        Close(8);
        Assert.Equal((first, 3), (Record(reduced).Trade, Assert.Single(Record(reduced).Fills).OrderId));
        Assert.Equal("kept.", Record(Decide("kept")).Text);
    }

    private static bool Same((long[] First, long[] Second) expected, (long[] First, long[] Second) actual) =>
        expected.First.AsSpan().SequenceEqual(actual.First) && expected.Second.AsSpan().SequenceEqual(actual.Second);

    private DecisionRecordView Record(DecisionView decision) => DecisionRecords.Of(decision, _decisions, _fills, _trades);

    private DecisionView Decide(string kind, long order = 0)
    {
        var decision = new DecisionView(++_sequence, Now, Btc, kind, $"{kind}.", [], [], "", 0, "", order, "", "");
        _decisions.Add(decision);
        return decision;
    }

    private void Fill(long order, OrderSide side, OrderPurpose purpose) => _fills.Add(new FillView(++_sequence, Now, Btc, order, side, purpose, 1, 100, 0.1m, ExitReason.None));

    private TradeView Close(decimal pnl)
    {
        var trade = new TradeView(++_sequence, Btc, Start, Now, 1, 100, 90, 0.2m, pnl, ExitReason.Signal, 0);
        _trades.Add(trade);
        return trade;
    }

    private DateTime Now => Start.AddMinutes(_sequence);
}
