using OrleansTrader.Core.Strategies;
using Xunit;

namespace OrleansTrader.Core.Tests.Strategies;

public class VoteTests
{
    [Theory]
    [InlineData(VoteKind.AverageCross, 1, 528.7048481, 0, "fast average above slow by 528.7 (+1.0)")]
    [InlineData(VoteKind.AverageCross, -1, -1.98430122, 0, "fast average below slow by 1.984 (-1.0)")]
    [InlineData(VoteKind.AverageCross, -1, -0.00390846, 0, "fast average below slow by 0.00390846 (-1.0)")]
    [InlineData(VoteKind.WeakRsi, 1, 62.14, 50, "RSI 62.1 against the floor of 50 (+1.0)")]
    [InlineData(VoteKind.OverboughtRsi, -1, 80.06, 75, "RSI 80.1 against the ceiling of 75 (-1.0)")]
    [InlineData(VoteKind.FreshCross, 1, -3, 0, "averages crossed with this bar (+1.0)")]
    [InlineData(VoteKind.FreshCross, -1, 3, 0, "averages crossed before, and entries come with the cross only (-1.0)")]
    [InlineData(VoteKind.Regime, -1, 2, 0, "the market is trending down (-1.0)")]
    [InlineData(VoteKind.LowerBand, 1, 99, 100, "close below the lower band of 100.0 (+1.0)")]
    [InlineData(VoteKind.OversoldRsi, 1, 27.31, 30, "RSI 27.3 against 30 for oversold (+1.0)")]
    [InlineData(VoteKind.ChannelCeiling, -1, 99, 100, "close not above the channel's 100.0 (-1.0)")]
    [InlineData(VoteKind.ChannelFloor, -1, 99, 100, "close below the channel's 100.0 (-1.0)")]
    [InlineData(VoteKind.VolumeSurge, 1, 2.04, 1.5, "volume 2.0 times the usual, 1.5 asked (+1.0)")]
    [InlineData(VoteKind.WideRange, -1, 1.5, 2.25, "bar of 1.500 from low to high, 2.250 asked (-1.0)")]
    [InlineData(VoteKind.AverageDistance, 0.7, 1.42, 0, "averages +1.4 ranges apart (+0.7)")]
    [InlineData(VoteKind.DirectionalMovement, 0.6, 14.7, 31.2, "directional movement +15 at ADX 31 (+0.6)")]
    [InlineData(VoteKind.Strength, -0.5, 40, 50, "RSI 40.0 (-0.5)")]
    [InlineData(VoteKind.Momentum, 0.3, 0.08, 0, "MACD +0.08 ranges from its signal (+0.3)")]
    [InlineData(VoteKind.BandPosition, 0.9, -0.9, 0.8, "close 90 % of the way to the lower band (+0.9)")]
    [InlineData(VoteKind.Deviation, -0.8, 2.1, 1.5, "close +2.1 deviations from its mean (-0.8)")]
    [InlineData(VoteKind.Volatility, 0.4, 0.8, 1, "volatility 0.8 times its median (+0.4)")]
    [InlineData(VoteKind.MoneyFlow, 0.5, 0.1, 0, "money flow +0.10 (+0.5)")]
    [InlineData(VoteKind.VolumeBalance, -1, -0.31, 0, "balance of volume -0.31 (-1.0)")]
    [InlineData(VoteKind.Pattern, 1, 1, 0, "candlestick patterns +1 (+1.0)")]
    [InlineData(VoteKind.LongerTrend, 0, 0.12, 0, "averages of longer bars +0.1 ranges apart (0)")]
    [InlineData(VoteKind.Prediction, 0.4, 0.6, 0.5, "model gives a rise 60 % (+0.4)")]
    [InlineData(VoteKind.Quorum, 1, 0.62, 0.4, "62 % of the weight has an opinion, 40 % asked (+1.0)")]
    [InlineData(VoteKind.Agreement, -1, 0.81, 0.85, "confidence 0.81 against 0.85 (-1.0)")]
    [InlineData(VoteKind.Edge, 1, 143.2, 30, "143 bps to gain if agreement were the chance to win, against costs of 30 (+1.0)")]
    [InlineData(VoteKind.Rhythm, 1, 1, 168, "bar 1 of the rhythm's 168, of which the first buys (+1.0)")]
    [InlineData(VoteKind.Figure, -0.5, 3.25, 4, "own figure 3.250 against 4.000 (-0.5)")]
    public void A_vote_says_what_it_saw_and_how_it_spoke(VoteKind kind, double weight, double value, double threshold, string expected) =>
        Assert.Equal(expected, new Vote(kind, weight, value, threshold).Describe());

    [Fact]
    public void Every_kind_of_vote_has_words() =>
        Assert.All(Enum.GetValues<VoteKind>().Where(kind => kind != VoteKind.None), kind => Assert.NotEqual("no vote", new Vote(kind, 1, 1, 1).Describe(), StringComparer.Ordinal));
}
