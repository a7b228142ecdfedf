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

    private static string TextOf(in Fact fact) => Notices.Of(in fact, asset: null, terms: null)!.Value.Text;
}
