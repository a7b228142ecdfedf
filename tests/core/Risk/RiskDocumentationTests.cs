using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Tests.Architecture;
using Xunit;

namespace OrleansTrader.Core.Tests.Risk;

public class RiskDocumentationTests
{
    [Fact]
    public void Every_limit_every_code_and_every_preset_is_explained()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "risk.md"));
        var names = typeof(RiskLimits).GetProperties().Where(property => property.CanWrite).Select(property => property.Name)
            .Concat(Enum.GetNames<RefusalCode>().Where(IsNamed))
            .Concat(Enum.GetNames<LockReason>().Where(IsNamed))
            .Concat(Enum.GetNames<LimitReaction>().Select(name => name.ToLowerInvariant()))
            .Concat(Enum.GetNames<RiskPreset>().Select(name => name.ToLowerInvariant()));
        Assert.All(names, name => Assert.True(
            page.Contains($"`{name}`", StringComparison.Ordinal) || page.Contains($"`Risk:{name}`", StringComparison.Ordinal), $"docs/risk.md does not speak of {name}."));

        static bool IsNamed(string code) => !string.Equals(code, "None", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RiskPreset.Careful, "A position costs 1000.00 at the most, and 3 may be open at once; all together cost 3000.00 at the most; those that move together cost 2000.00 at the most; a stop that is hit costs about 50.00; a day that has lost 200.00 opens no more positions; a fall of 1000.00 from the peak pauses the account; 4 losses in a row end the day's entries; a day has 6 entries at the most.")]
    [InlineData(RiskPreset.Balanced, "A position costs 2500.00 at the most, and 4 may be open at once; all together cost 8000.00 at the most; those that move together cost 5000.00 at the most; a stop that is hit costs about 100.00; a day that has lost 400.00 opens no more positions; a fall of 2000.00 from the peak pauses the account; 6 losses in a row end the day's entries; a day has 20 entries at the most.")]
    [InlineData(RiskPreset.Bold, "A position costs 5000.00 at the most, and 6 may be open at once; all together cost 10000.00 at the most; a stop that is hit costs about 200.00; a day that has lost 800.00 opens no more positions; a fall of 3500.00 from the peak pauses the account; 10 losses in a row end the day's entries.")]
    [InlineData(RiskPreset.None, "A position costs 2500.00 at the most, and 4 may be open at once.")]
    public void A_preset_is_explained_in_money(RiskPreset preset, string expected)
    {
        Assert.Equal(expected, RiskPresets.Explain(RiskPresets.Of(preset), 10_000));
        Assert.Equal(preset, RiskPresets.Of(preset).Preset);
    }
}
