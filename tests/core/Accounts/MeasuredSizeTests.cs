using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using Xunit;

namespace OrleansTrader.Core.Tests.Accounts;

/// <summary>Sizes by what is measured: the swing of the closes, and what became of past signals. The account has 1,000.</summary>
public class MeasuredSizeTests
{
    private readonly Trader _trader = new();

    // Prices that go up and down by the same factor every hour: each return is +r or -r, so that the deviation of a sample of ten is
    // r * sqrt(10/9), and a year has 8,760 hours.
    [Theory]
    [InlineData(0.01)]
    [InlineData(0.02)]
    public void A_volatility_target_divides_by_the_swing_that_was_measured(double move)
    {
        _trader.Limits = RiskLimits.None with { VolatilityTarget = 0.2m, VolatilityBars = 10 };
        var closes = new CloseTable(11, Interval.OneHour);
        for (var bar = 0; bar <= 10; bar++) closes.Put(0, Build.Start.AddHours(bar), 100 * Math.Exp(bar % 2 * move));
        while (_trader.Hour < 10) _trader.NextHour();
        _trader.Account.Closes = closes;
        var volatility = move * Math.Sqrt(10 / 9.0) * Math.Sqrt(8_760);
        Assert.Equal(1_000 * 0.2 / volatility, (double)Assert.Single(_trader.Buy()).Budget, 6);
    }

    [Fact]
    public void Before_it_can_be_measured_the_stop_stands_for_the_move_of_a_day()
    {
        _trader.Limits = RiskLimits.None with { VolatilityTarget = 0.2m };
        _trader.Account.Closes = new CloseTable(97, Interval.OneHour);
        Assert.Equal(1_000 * 0.2 / (0.1 * Math.Sqrt(365)), (double)Assert.Single(_trader.Buy(100, 90, 120)).Budget, 6);
    }

    // Odds of 60 % at 2 to 1 are worth 0.6 - 0.4 / 2 = 40 %; half of it is more than 5 %, which is 50 to lose at a stop 10 % below.
    // Odds of 36 % are worth 4 %, half of it 2 %: 200.
    [Theory]
    [InlineData(0.6, 500)]
    [InlineData(0.36, 200)]
    public void The_odds_of_the_signal_are_staked(double probability, double budget)
    {
        _trader.Limits = RiskLimits.None with { KellyFraction = 0.5m, KellyMaxRisk = 0.05m };
        var entry = Assert.Single(Wish(probability, 50));
        Assert.Equal(budget, (double)entry.Budget, 6);
    }

    [Theory]
    [InlineData(0.6, 49)]
    [InlineData(double.NaN, 3)]
    [InlineData(double.NaN, 0)]
    [InlineData(0.33, 500)]
    public void Without_evidence_or_edge_nothing_is_bought(double probability, int trades)
    {
        _trader.Limits = RiskLimits.None with { KellyFraction = 0.5m };
        Assert.Empty(Wish(probability, trades));
        Assert.Equal(RefusalCode.NoEdge, _trader.Facts[^1].Refusal);
    }

    private OrderRequest[] Wish(double probability, int trades) =>
        _trader.Signal(Build.Btc.Symbol, 100, new Signal(Direction.Long, 1, 90, 120) { WinProbability = probability, WinTrades = trades });
}
