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
        Assert.Equal(expected, Notices.Of(new Fact { Kind = FactKind.OrderRejected, OrderId = 10, Symbol = "BTCUSDT", Reason = reason }, "BTC", terms: null)!.Value.Text);
}
