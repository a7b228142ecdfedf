using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Grains;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Trading;

/// <summary>What the owner hears of a fact.</summary>
public class NoticesTests
{
    [Theory]
    [InlineData(RejectReason.TooLate, "Order 10 for BTCUSDT was not sent: its bar is older than a minute.")]
    [InlineData(RejectReason.NeverArrived, "Order 10 for BTCUSDT never arrived at the exchange.")]
    [InlineData(RejectReason.DryRun, "Dry run: order 10 for BTCUSDT was not sent.")]
    [InlineData(RejectReason.BadPrice, "The exchange refused order 10 for BTCUSDT: BadPrice.")]
    public void The_exchange_is_not_blamed_for_an_order_that_it_never_saw(RejectReason reason, string expected) =>
        Assert.Equal(expected, TextOf(new Fact { Kind = FactKind.OrderRejected, OrderId = 10, Symbol = "BTCUSDT", Reason = reason }));

    // The account does not know at which exchange it trades.
    [Fact]
    public void Whose_money_is_traded_is_not_claimed_by_a_notice()
    {
        var by = new AccountCommand("local user", "127.0.0.1", "POST /api/v1/arm") { At = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc) };
        Assert.Equal("local user has armed the account at 2026-01-02 03:04:05 UTC: it opens positions now.", TextOf(new Fact { Kind = FactKind.Armed, Command = by }));
        Assert.Equal(
            "The account trades at an exchange; it opens positions only while it is armed, and for a day after the first arming none that costs more than 50.",
            TextOf(new Fact { Kind = FactKind.RealMoney, Amount = 50 }));
        Assert.Equal("The account trades at an exchange; it opens positions only while it is armed.", TextOf(new Fact { Kind = FactKind.RealMoney }));
    }

    [Theory]
    [InlineData(true, "warning")]
    [InlineData(false, "info")]
    public void What_goes_out_of_an_account_at_an_exchange_is_worth_a_warning(bool isLive, string level)
    {
        var coins = new Fact { Kind = FactKind.HoldingMoved, Symbol = "BTCUSDT", Quantity = -0.5m, Amount = -18_518.46m };
        Assert.Equal((level, "0.5 BTC, worth 18518.46, was taken out of the account."), Notices.Of(in coins, "BTC", terms: null, rules: null, isLive));
        var money = new Fact { Kind = FactKind.FundsMoved, Amount = -7 };
        Assert.Equal((level, "7 was paid out."), Notices.Of(in money, asset: null, terms: null, rules: null, isLive));
    }

    [Fact]
    public void A_changed_rule_of_a_symbol_is_told_with_what_it_was()
    {
        var before = new SymbolRules("BTCUSDT", "BTC", "USDT", 0.01m, 0.00001m, 5) { MostAtMarket = 100 };
        Assert.Equal(
            "The exchange has changed the rules of BTCUSDT: tick from 0.01 to 0.5, least value of an order from 5 to 10. They hold for the orders to come.",
            ChangeOf(before, before with { TickSize = 0.50m, MinNotional = 10, MostAtMarket = 90 }));
        // The first rules of a symbol are no news, and the most at the market changes by itself.
        Assert.Null(ChangeOf(before: null, before));
        Assert.Null(ChangeOf(before, before with { MostAtMarket = 90 }));
    }

    private static string? ChangeOf(SymbolRules? before, SymbolRules rules) => Notices.Of(new Fact { Kind = FactKind.SymbolListed, Symbol = rules.Symbol, Rules = rules }, asset: null, terms: null, before, isLive: true)?.Text;

    private static string TextOf(in Fact fact) => Notices.Of(in fact, asset: null, terms: null, rules: null, isLive: true)!.Value.Text;
}
