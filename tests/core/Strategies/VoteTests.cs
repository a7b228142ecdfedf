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
    public void A_vote_says_what_it_saw_and_how_it_spoke(VoteKind kind, double weight, double value, double threshold, string expected) =>
        Assert.Equal(expected, new Vote(kind, weight, value, threshold).Describe());
}
