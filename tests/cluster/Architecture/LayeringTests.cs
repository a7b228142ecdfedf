using System.Reflection;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Architecture;

/// <summary>References between projects point one way.</summary>
public class LayeringTests
{
    private const string Runtime = "EmbeddedOrleans";

    public static TheoryData<string, string[]> Allowed => new()
    {
        { "Core", [] },
        { "Adapters", ["Core"] },
        { "GrainInterfaces", ["Core", Runtime] },
        { "Grains", ["Core", "GrainInterfaces", Runtime] },
        { "Silo", ["Core", "Adapters", "GrainInterfaces", "Grains", Runtime] },
        { "Api", ["Core", "GrainInterfaces", "Silo", Runtime] },
        { "ExchangeSimulator", ["Core"] },
        { "Cli", ["Core", "Adapters", "GrainInterfaces", "Silo", "Api", "ExchangeSimulator", Runtime] },
#if !ORLEANS
        { Runtime, [] },
#endif
    };

    [Theory]
    [MemberData(nameof(Allowed))]
    public void A_project_refers_only_to_those_below_it(string project, string[] allowed)
    {
        var references = Assembly.Load($"OrleansTrader.{project}").GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => name.StartsWith("OrleansTrader.", StringComparison.Ordinal))
            .Select(name => name["OrleansTrader.".Length..]);
        Assert.Empty(references.Except(allowed, StringComparer.Ordinal));
    }

    [Fact]
    public void Neither_core_nor_adapters_know_Orleans_or_the_web()
    {
        foreach (var project in new[] { "Core", "Adapters" })
        {
            Assert.DoesNotContain(
                Assembly.Load($"OrleansTrader.{project}").GetReferencedAssemblies(),
                reference => reference.Name!.Contains("Orleans.", StringComparison.Ordinal) || reference.Name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
        }
    }
}
