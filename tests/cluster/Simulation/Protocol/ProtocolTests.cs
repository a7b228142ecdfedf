#if !ORLEANS
using Xunit;

namespace OrleansTrader.Cluster.Tests.Simulation.Protocol;

/// <summary>The whole service and its Binance client on one thread in virtual time, at an exchange with which everything goes wrong that a protocol allows.</summary>
public class ProtocolTests
{
    private const int Seeds = 48;

    [Fact]
    public void Account_and_exchange_agree_in_the_end_whatever_was_lost_doubled_or_late()
    {
        var outcomes = Enumerable.Range(0, Seeds).AsParallel().WithDegreeOfParallelism(2).Select(ProtocolScenario.Run).ToList();
        foreach (var outcome in outcomes.Where(outcome => outcome.Violation is not null))
            Assert.Fail($"seed {outcome.Seed}: {outcome.Violation}\n{string.Join('\n', outcome.Trace.TakeLast(60))}");
        // A world in which nothing goes wrong would prove nothing.
        Assert.True(outcomes.Sum(outcome => outcome.Crashes) > Seeds, "too few crashes");
        Assert.True(outcomes.Sum(outcome => outcome.Faults) > 10 * Seeds, "too few faults");
        Assert.True(outcomes.Sum(outcome => outcome.Facts) > 50 * Seeds, "too few trades");
    }

    [Fact]
    public void An_order_by_value_costs_no_more_where_the_step_has_changed() => Assert.Null(ProtocolScenario.Run(700_547).Violation);

    [Theory]
    [InlineData(3)]
    [InlineData(16)]
    public void The_same_seed_gives_the_same_trace(int seed) => Assert.Equal(ProtocolScenario.Run(seed).Trace, ProtocolScenario.Run(seed).Trace);
}
#endif
