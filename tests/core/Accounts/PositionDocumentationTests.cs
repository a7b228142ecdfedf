using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Strategies.Exits;
using OrleansTrader.Core.Tests.Architecture;
using Xunit;

namespace OrleansTrader.Core.Tests.Accounts;

public class PositionDocumentationTests
{
    [Fact]
    public void Every_rule_every_state_and_every_way_out_of_it_is_explained()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "positions.md"));
        var names = typeof(ExitRules).GetProperties().Where(property => property.CanWrite).Select(property => property.Name)
            .Concat(Lower<PositionState>())
            .Concat(Lower<StopRule>())
            .Concat(Lower<TargetRule>())
            .Concat(Lower<FeeAsset>())
            .Concat([nameof(ExitReason.Trailing), nameof(ExitReason.BreakEven), nameof(ExitReason.TimeStop), nameof(ExitReason.Partial), nameof(ExitReason.ProtectionLost)]);
        Assert.All(names, name => Assert.True(
            page.Contains($"`{name}`", StringComparison.Ordinal) || page.Contains($"`Exit:{name}`", StringComparison.Ordinal), $"docs/positions.md does not speak of {name}."));
    }

    private static IEnumerable<string> Lower<T>()
        where T : struct, Enum => Enum.GetNames<T>().Select(name => name.ToLowerInvariant());
}
