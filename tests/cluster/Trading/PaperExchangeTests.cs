using OrleansTrader.Adapters.Paper;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Matching;
using OrleansTrader.Core.Ports;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Trading;

/// <summary>A paper exchange that takes over an account goes on as if it had never stopped.</summary>
public class PaperExchangeTests
{
    private static readonly DateTime Start = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly SymbolRules Eth = new("ETHUSDT", "ETH", "USDT", 0.01m, 0.0001m, 5);

    /// <summary>A symbol without a bar in the last step has a price all the same: the latest that the account knows.</summary>
    [Theory]
    [InlineData(1, RejectReason.None)]
    [InlineData(0.0025, RejectReason.None)]
    [InlineData(0.0024, RejectReason.BelowMinNotional)]
    public async Task It_judges_by_the_latest_price_before_any_bar_is_shown(double quantity, RejectReason expected)
    {
        var account = new Account(new AccountState { Name = "test" }, explains: false);
        account.BeginTurn();
        account.Open(10_000, "a test", Interval.OneHour, Start);
        account.List(Eth, Start);
        var position = account.State.Positions[0];
        (position.Quantity, position.Mark) = (1, 2_000);

        var exchange = new PaperExchange(new MatchingOptions(), Interval.OneHour);
        exchange.Restore(account.State);
        var sale = new OrderRequest { Kind = RequestKind.Place, OrderId = 1, Symbol = Eth.Symbol, Side = OrderSide.Sell, Type = OrderType.Market, Purpose = OrderPurpose.Exit, Quantity = (decimal)quantity, ActiveFrom = Start.AddHours(5) };
        var outcome = await exchange.SendAsync(sale, TestContext.Current.CancellationToken);
        Assert.Equal((expected == RejectReason.None ? OrderOutcomeKind.Accepted : OrderOutcomeKind.Rejected, expected), (outcome.Kind, outcome.Reason));
        Assert.Empty(exchange.TakeReports());

        var bar = new Candle(Start.AddHours(5), 1_990, 1_995, 1_985, 1_990, 1_000);
        exchange.Match(new MarketStep(Start.AddHours(6), [new SymbolBar(Eth.Symbol, bar)]));
        Assert.Equal(expected == RejectReason.None ? 1 : 0, exchange.TakeReports().Count(report => report.Kind == ReportKind.Traded));
    }
}
