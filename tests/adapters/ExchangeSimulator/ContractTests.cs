using System.Text.Json;

namespace OrleansTrader.Adapters.Tests.ExchangeSimulator;

/// <summary>The fixtures are what the contract says, where it is at hand.</summary>
public class ContractTests
{
    // What is asked, and settings of a connection, which are compared as a whole elsewhere.
    private static readonly string[] NotAnswered = ["method", "result"];

    [Fact]
    public void Every_fixture_is_a_sample_of_the_contract()
    {
        var samples = ContractFile.Require();
        foreach (var fixture in Fixtures.Samples)
        {
            using var document = JsonDocument.Parse(fixture);
            Assert.True(samples.Any(sample => Sample.IsLike(sample, document.RootElement)), $"The contract has no sample like {fixture}");
        }
    }

    [Fact]
    public void Every_sample_of_the_contract_has_a_fixture()
    {
        var fixtures = Fixtures.Samples.Select(fixture => JsonDocument.Parse(fixture).RootElement).ToArray();
        var samples = ContractFile.Require().Where(sample => sample.ValueKind switch
        {
            JsonValueKind.Object => sample.EnumerateObject().Any() && !NotAnswered.Any(name => sample.TryGetProperty(name, out _)),
            JsonValueKind.Array => sample.GetArrayLength() > 0 && sample[0].ValueKind != JsonValueKind.String,
            _ => false,
        }).ToArray();
        Assert.True(samples.Length > 35, $"Only {samples.Length} samples were found.");
        Assert.Empty(samples.Where(sample => !fixtures.Any(fixture => Sample.IsLike(fixture, sample))).Select(sample => sample.GetRawText()));
    }
}
