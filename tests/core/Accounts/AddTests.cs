using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using Xunit;

namespace OrleansTrader.Core.Tests.Accounts;

/// <summary>An entry may add to what is held when its signal says so; any other waits until nothing is held.</summary>
public class AddTests
{
    private readonly Trader _trader = new() { Limits = RiskLimits.None with { MaxPositionShare = 0.5m } };

    [Fact]
    public void A_wish_to_own_what_is_owned_buys_nothing_and_a_wish_for_more_does()
    {
        Hold(2);
        Assert.Empty(_trader.Buy(100));
        var more = Assert.Single(Add(100, parts: 10));
        // A tenth of half of 1,000.
        Assert.Equal((OrderSide.Buy, OrderPurpose.Entry, 50m), (more.Side, more.Purpose, more.Budget));
        Assert.Empty(Add(100, parts: 10));
    }

    [Fact]
    public void What_joins_a_position_shares_its_stop_and_target_and_is_covered_by_them()
    {
        var protection = Hold(2, stop: 90, target: 150);
        var more = Assert.Single(Signal(100, new Signal(Direction.Add, 1, 20, 900) { Parts = 10 }));
        Assert.Equal((90m, 150m), (_trader.Btc.Stop, _trader.Btc.Target));
        _trader.NextHour();
        var cancel = Assert.Single(_trader.Report(_trader.Accepted(more), _trader.Traded(more, 2, 0.4m, 100)));
        Assert.Equal((RequestKind.Cancel, protection!.Value.OrderId), (cancel.Kind, cancel.OrderId));
        var anew = Assert.Single(_trader.Report(_trader.Ended(protection.Value, ReportKind.Canceled)));
        Assert.Equal((OrderType.Oco, 2.4m, 90m, 150m), (anew.Type, anew.Quantity, anew.StopPrice, anew.LimitPrice));
        Assert.Equal(_trader.State.Positions[0].Quantity, _trader.Replayed().Positions[0].Quantity);
    }

    [Fact]
    public void What_joins_a_position_without_a_stop_brings_none()
    {
        Hold(2);
        Signal(100, new Signal(Direction.Add, 1, 90, 150) { Parts = 10 });
        Assert.Equal((0m, 0m), (_trader.Btc.Stop, _trader.Btc.Target));
    }

    [Fact]
    public void A_position_that_is_being_left_gets_no_more()
    {
        Hold(2);
        Assert.Single(_trader.Leave());
        Assert.Empty(Add(100, parts: 10));
    }

    [Fact]
    public void A_position_counts_once_however_often_it_is_added_to()
    {
        _trader.Limits = _trader.Limits with { MaxOpenPositions = 1 };
        Hold(2);
        Assert.Single(Add(100, parts: 10));
    }

    // Held are 2 at 100: half of 1,000 lacks 300, and a quarter lacks 50 of its 250.
    [Theory]
    [InlineData(1, 0.5, 300)]
    [InlineData(2, 0.5, 250)]
    [InlineData(1, 0.25, 50)]
    public void A_purchase_is_no_more_than_the_position_lacks(ushort parts, double share, double budget)
    {
        _trader.Limits = RiskLimits.None with { MaxPositionShare = (decimal)share };
        Hold(2);
        Assert.Equal((decimal)budget, Assert.Single(Add(100, parts)).Budget);
    }

    [Fact]
    public void A_position_that_is_whole_is_told_so_once()
    {
        Hold(2);
        _trader.Limits = RiskLimits.None with { MaxPositionShare = 0.2m };
        Assert.Empty(Add(100, parts: 10));
        _trader.NextHour();
        Assert.Empty(Add(100, parts: 10));
        var refused = Assert.Single(_trader.Facts, fact => fact.Kind == FactKind.EntryRefused);
        Assert.Equal("Did not buy a part of BTCUSDT at 100: 200.00 in the symbol already, 200.00 allowed.", refused.Decision!.Describe("BTCUSDT"));
    }

    [Fact]
    public void A_position_whose_stop_sells_already_gets_no_more()
    {
        var protection = Hold(2, stop: 90, target: 150)!.Value;
        Assert.Empty(_trader.Report(_trader.Traded(protection, 2, 0.5m, 89, isLast: false, leg: OcoLeg.Stop)));
        Assert.Empty(Add(93, parts: 10));
        Assert.Empty(_trader.Report(_trader.Traded(protection, 3, 1.5m, 89, leg: OcoLeg.Stop)));
        Assert.Equal((0m, 1), (_trader.Btc.Quantity, _trader.Facts.Count(fact => fact.Kind == FactKind.PositionClosed)));
    }

    private OrderRequest? Hold(decimal quantity, double stop = double.NaN, double target = double.NaN)
    {
        var entry = Assert.Single(_trader.Buy(100, stop, target));
        _trader.NextHour();
        var requests = _trader.Report(_trader.Accepted(entry), _trader.Traded(entry, 1, quantity, 100));
        if (requests.Length == 0) return null;
        _trader.Report(_trader.Accepted(requests[0]));
        return requests[0];
    }

    private OrderRequest[] Add(double price, ushort parts) => Signal(price, new Signal(Direction.Add, 1, double.NaN, double.NaN) { Parts = parts });

    private OrderRequest[] Signal(double price, Signal signal) => _trader.Signal(Build.Btc.Symbol, price, signal);
}
