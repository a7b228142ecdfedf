using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Execution;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Tests.Binance.Execution;

public class OrderNamesTests
{
    private readonly OrderNames _names = new("live");

    [Fact]
    public void A_name_is_the_same_after_any_restart_and_says_which_order_and_leg_it_is()
    {
        Assert.Equal(new OrderNames("live").Of(17), _names.Of(17));
        foreach (var (name, leg) in new[] { (_names.Of(17), OcoLeg.None), (_names.StopOf(17), OcoLeg.Stop), (_names.TargetOf(17), OcoLeg.Target), (_names.CancellationOf(17), OcoLeg.None) })
        {
            Assert.True(_names.TryParse(name, out var orderId, out var parsed));
            Assert.Equal((17L, leg), (orderId, parsed));
        }
    }

    [Fact]
    public void The_longest_name_is_one_that_the_exchange_takes() =>
        Assert.Equal(_names.TargetOf(long.MaxValue), ClientOrderIds.Checked(_names.TargetOf(long.MaxValue)));

    [Fact]
    public void What_others_have_called_their_orders_is_none_of_it()
    {
        string[] others = ["", "web_abc", new OrderNames("other").Of(17), _names.Of(17) + "y", _names.Of(17)[..^2], _names.Of(0), _names.Of(17).ToUpperInvariant(), _names.Of(17) + "st", "ot-17"];
        Assert.All(others, name => Assert.False(_names.TryParse(name, out _, out _), name));
    }
}
