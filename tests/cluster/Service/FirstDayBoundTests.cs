using OrleansTrader.Api;
using OrleansTrader.Core.Accounts;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Service;

/// <summary>What is said of the first day beside the limits.</summary>
public class FirstDayBoundTests
{
    private static readonly DateTime Ends = new(2026, 1, 2, 0, 0, 0, DateTimeKind.Utc);
    private static readonly Arming Armed = new() { IsArmed = true, FirstDayValue = 50, FirstDayEnds = Ends };

    [Fact]
    public void The_bound_is_told_with_its_end_as_long_as_it_holds()
    {
        Assert.Equal("Until 2026-01-02 00:00 UTC an entry costs 50.00 at the most.", FirstDayBound.Describe(Armed, Ends.AddMinutes(-1)));
        Assert.Null(FirstDayBound.Describe(Armed, Ends));
    }

    [Fact]
    public void Nothing_is_told_where_no_bound_is_set_or_nobody_has_to_arm()
    {
        Assert.Null(FirstDayBound.Describe(Armed with { FirstDayValue = 0 }, Ends.AddMinutes(-1)));
        Assert.Null(FirstDayBound.Describe(arming: null, Ends));
    }
}
