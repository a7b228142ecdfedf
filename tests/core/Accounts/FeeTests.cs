using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Matching;
using Xunit;

namespace OrleansTrader.Core.Tests.Accounts;

/// <summary>Fees in the quote currency, in what was bought, and in the exchange's own coin, of a trade of 2 BTC at 100 with a fee of 10 basis points.</summary>
public class FeeTests
{
    private readonly Trader _trader = new();

    [Fact]
    public void A_fee_in_what_was_bought_reduces_what_can_be_sold()
    {
        var entry = Assert.Single(_trader.Buy(100, stop: 90, target: 120));
        var protection = Assert.Single(_trader.Report(Paid(_trader.Traded(entry, 1, 2, 100), FeeAsset.Base, 0.002m, 0.2m)));
        Assert.Equal((1.998m, 800m, 200m, 0.2m), (protection.Quantity, _trader.State.Cash, _trader.Btc.Cost, _trader.State.Fees));
        Assert.Equal(100m, _trader.Btc.Tally.EntryPrice);
        _trader.Report(_trader.Accepted(protection), _trader.Traded(protection, 2, 1.998m, 120, leg: OcoLeg.Target));
        // 1.998 * 120 less 200.
        Assert.Equal((39.76m, 0.2m), (Closed().Amount, Closed().Fee));
        AssertSame(_trader.State, _trader.Replayed());
    }

    [Fact]
    public void What_such_a_fee_leaves_below_a_step_stays_as_dust_and_nothing_is_lost()
    {
        var entry = Assert.Single(_trader.Buy(100, stop: 90, target: 120));
        var protection = Assert.Single(_trader.Report(Paid(_trader.Traded(entry, 1, 0.12345m, 100), FeeAsset.Base, 0.00012345m, 0.012345m)));
        Assert.Equal(0.12332m, protection.Quantity);
        _trader.Report(_trader.Accepted(protection), _trader.Traded(protection, 2, 0.12332m, 120, leg: OcoLeg.Target));
        Assert.Equal((0.00000655m, 0m), (_trader.Btc.Dust, _trader.Btc.Quantity));
        Assert.Equal(_trader.State.StartCash + _trader.Btc.Record.RealisedPnl, _trader.State.Cash + _trader.Btc.TotalCost);
        AssertSame(_trader.State, _trader.Replayed());
    }

    [Fact]
    public void A_fee_in_another_coin_costs_its_value()
    {
        var entry = Assert.Single(_trader.Buy(100, stop: 90, target: 120));
        var protection = Assert.Single(_trader.Report(Paid(_trader.Traded(entry, 1, 2, 100), FeeAsset.Bnb, 0.0005m, 0.15m)));
        Assert.Equal((2m, 799.85m, 200.15m, 0.15m), (protection.Quantity, _trader.State.Cash, _trader.Btc.Cost, _trader.State.Fees));
        _trader.Report(_trader.Accepted(protection), Paid(_trader.Traded(protection, 2, 2, 120, leg: OcoLeg.Target), FeeAsset.Bnb, 0.0006m, 0.18m));
        Assert.Equal((39.67m, 0.33m, 1_039.67m), (Closed().Amount, Closed().Fee, _trader.State.Cash));
        AssertSame(_trader.State, _trader.Replayed());
    }

    [Theory]
    // 2 * 100 * 0.001, and of a sale at 100 the same.
    [InlineData(FeeAsset.Quote, 0.2, 0, 0.2, 2, 999.6)]
    // 0.001 of 2 is not received; the sale pays 0.1998 of 199.8.
    [InlineData(FeeAsset.Base, 0.002, 0.2, 0.1998, 1.998, 999.6002)]
    // Three quarters of 0.2, at 300 each; twice.
    [InlineData(FeeAsset.Bnb, 0.0005, 0.15, 0.0005, 2, 999.7)]
    public void The_paper_exchange_takes_its_fee_in_what_it_is_told(FeeAsset asset, double fee, double worth, double saleFee, double owned, double cash)
    {
        var engine = new MatchingEngine(Build.Free with { FeeBps = 10, FeeAsset = asset }, Interval.OneHour, 1_000);
        var book = engine.List(Build.Btc);
        var reports = new List<ExecutionReport>();
        MatchingEngine.Show(book, Build.Bar(0, 100, 100, 100, 100));
        engine.Submit(Order(1, OrderSide.Buy, OrderType.Limit, 2, limit: 101), reports);
        var bought = Assert.Single(reports, report => report.Kind == ReportKind.Traded);
        Assert.Equal((asset, (decimal)fee, (decimal)worth, (decimal)owned), (bought.FeeAsset, bought.Fee, bought.FeeValue, book.Owned));
        reports.Clear();
        engine.Submit(Order(2, OrderSide.Sell, OrderType.Market, book.Owned), reports);
        var sold = Assert.Single(reports, report => report.Kind == ReportKind.Traded);
        // A sale brings quote currency, and pays in that.
        Assert.Equal((asset == FeeAsset.Base ? FeeAsset.Quote : asset, (decimal)saleFee), (sold.FeeAsset, sold.Fee));
        Assert.Equal(((decimal)cash, 0m, engine.Cash), (engine.Cash, book.Owned, engine.FreeCash));
    }

    private static OrderRequest Order(long id, OrderSide side, OrderType type, decimal quantity, decimal limit = 0) => new()
    {
        Kind = RequestKind.Place,
        OrderId = id,
        Symbol = Build.Btc.Symbol,
        Side = side,
        Type = type,
        Quantity = quantity,
        LimitPrice = limit,
        ActiveFrom = Build.Start,
    };

    private static ExecutionReport Paid(ExecutionReport report, FeeAsset asset, decimal fee, decimal value) => report with { FeeAsset = asset, Fee = fee, FeeValue = value };

    private static void AssertSame(AccountState expected, AccountState actual) => Assert.Equal(
        (expected.Cash, expected.Fees, expected.Positions[0].TotalQuantity, expected.Positions[0].TotalCost, expected.Positions[0].Record.RealisedPnl),
        (actual.Cash, actual.Fees, actual.Positions[0].TotalQuantity, actual.Positions[0].TotalCost, actual.Positions[0].Record.RealisedPnl));

    private Fact Closed() => Assert.Single(_trader.Facts, fact => fact.Kind == FactKind.PositionClosed);
}
