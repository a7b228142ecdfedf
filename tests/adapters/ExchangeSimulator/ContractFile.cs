using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OrleansTrader.Adapters.Tests.ExchangeSimulator;

/// <summary>The contract with the exchange, where it lies beside the checkout.</summary>
internal static partial class ContractFile
{
    private const string Name = "binance-spot-contract.md";

    private static readonly Lazy<IReadOnlyList<JsonElement>?> Read = new(() => Find() is { } path ? SamplesIn(File.ReadAllText(path)) : null);

    /// <summary>All samples of JSON, those that leave something out apart; null where the file is not at hand.</summary>
    public static IReadOnlyList<JsonElement>? Samples => Read.Value;

    /// <summary>The samples, or the test is skipped.</summary>
    public static IReadOnlyList<JsonElement> Require()
    {
        Assert.SkipWhen(Samples is null, $"There is no shared/{Name} beside the checkout.");
        return Samples!;
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", Name);
            if (File.Exists(path)) return path;
        }

        return null;
    }

    private static List<JsonElement> SamplesIn(string text)
    {
        var samples = new List<JsonElement>();
        foreach (Match match in Code().Matches(text))
        {
            try
            {
                var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(match.Groups["json"].Value));
                samples.Add(JsonElement.ParseValue(ref reader));
            }
            catch (JsonException)
            {
                // It is no JSON, or leaves something out.
            }
        }

        return samples;
    }

    [GeneratedRegex("```json\n(?<json>[^`]*)```|`(?<json>[{\\[][^`\n]*)`", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Code();
}
