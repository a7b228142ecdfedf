using System.Collections.Immutable;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Accounts.Allocation;
using OrleansTrader.Core.Market;
using Xunit;

namespace OrleansTrader.Core.Tests.Accounts;

public class RebalancerTests
{
    private readonly Trader _trader = new(cash: 1_000);

    [Fact]
    public void What_is_missing_is_bought_and_what_is_too_much_is_sold()
    {
        Hold(quantity: 6, price: 100);
        _trader.Signal(Build.Eth.Symbol, 20, Core.Strategies.Signal.Hold);

        var plan = Rebalancer.Plan(_trader.State, Targets((Build.Btc.Symbol, 0.4m), (Build.Eth.Symbol, 0.3m)));

        Assert.Equal(1_000, plan.Equity);
        Assert.Equal([(Build.Btc.Symbol, OrderSide.Sell, 200m, 2m), (Build.Eth.Symbol, OrderSide.Buy, 300m, 0m)], plan.Legs.Select(leg => (leg.Symbol, leg.Side, leg.Amount, leg.Quantity)));
        Assert.Equal(500 * 0.001m, plan.Cost);
        Assert.False(plan.IsTooDear);
    }

    [Theory]
    [InlineData(0.65, LegHold.WithinDrift)]
    [InlineData(0.651, LegHold.None)]
    [InlineData(0.55, LegHold.WithinDrift)]
    [InlineData(0.549, LegHold.None)]
    public void A_share_may_drift_so_far(double target, LegHold expected)
    {
        Hold(quantity: 6, price: 100);

        Assert.Equal(expected, Rebalancer.Plan(_trader.State, Targets((Build.Btc.Symbol, (decimal)target))).Legs.Single().Hold);
    }

    [Fact]
    public void Purchases_share_the_cash_that_is_there()
    {
        Hold(quantity: 6, price: 100);
        _trader.Signal(Build.Eth.Symbol, 20, Core.Strategies.Signal.Hold);
        _trader.Report(new ExecutionReport { Kind = ReportKind.FundsMoved, TradeId = 99, Quantity = -300, Time = Build.Close(_trader.Hour) });

        // 100 in cash of 700 in all; the targets ask for 70 and 140 more.
        var plan = Rebalancer.Plan(_trader.State, Targets((Build.Btc.Symbol, 670 / 700m), (Build.Eth.Symbol, 140 / 700m)) with { Drift = 0.01m });

        Assert.Equal(100m, plan.Legs.Sum(leg => leg.Amount), 6);
        Assert.Equal(2, (double)(plan.Legs[1].Amount / plan.Legs[0].Amount), 6);
    }

    [Fact]
    public void A_sale_leaves_nothing_that_could_not_be_sold()
    {
        Hold(quantity: 6, price: 100);

        var leg = Rebalancer.Plan(_trader.State, Targets((Build.Btc.Symbol, 0.001m))).Legs.Single();

        Assert.Equal((OrderSide.Sell, 6m), (leg.Side, leg.Quantity));
    }

    [Fact]
    public void What_costs_too_much_is_told()
    {
        Hold(quantity: 6, price: 100);

        Assert.True(Rebalancer.Plan(_trader.State, Targets((Build.Btc.Symbol, 0m)) with { CostShare = 0.01m }).IsTooDear);
    }

    [Fact]
    public void A_symbol_whose_order_is_under_way_is_left_alone()
    {
        _trader.Buy();

        Assert.Equal(LegHold.Busy, Rebalancer.Plan(_trader.State, Targets((Build.Btc.Symbol, 0.5m))).Legs.Single().Hold);
    }

    [Fact]
    public void A_symbol_without_a_price_is_left_alone() =>
        Assert.Equal(LegHold.NoPrice, Rebalancer.Plan(_trader.State, Targets((Build.Eth.Symbol, 0.5m))).Legs.Single().Hold);

    private static AllocationTargets Targets(params (string Symbol, decimal Share)[] shares) => new()
    {
        Shares = shares.ToImmutableSortedDictionary(share => share.Symbol, share => share.Share, StringComparer.Ordinal),
        CostShare = 0.001m,
    };

    private void Hold(decimal quantity, decimal price)
    {
        var entry = _trader.Buy((double)price).Single();
        _trader.Report(_trader.Accepted(entry), _trader.Traded(entry, 1, quantity, price));
    }
}
