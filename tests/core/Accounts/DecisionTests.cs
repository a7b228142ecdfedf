using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Regimes;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using Xunit;

namespace OrleansTrader.Core.Tests.Accounts;

public class DecisionTests
{
    [Theory]
    [InlineData(MarketRegime.TrendingUp, "Left BTCUSDT at about 100 in a market that is trending up.")]
    [InlineData(MarketRegime.Quiet, "Left BTCUSDT at about 100 in a market that is quiet.")]
    [InlineData(MarketRegime.Unknown, "Left BTCUSDT at about 100.")]
    public void A_decision_tells_the_regime_that_its_signal_bears(MarketRegime regime, string expected) =>
        Assert.Equal(expected, new Decision(Signal.Flat(1) with { Regime = regime }, 100, RefusalCode.None, [], []).Describe("BTCUSDT"));
}
