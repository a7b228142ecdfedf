using System.Text.Json;

namespace OrleansTrader.Adapters.Tests.ExchangeSimulator;

/// <summary>Compares an answer with a sample of the exchange's documentation: the same fields in the same order, written in the same way.</summary>
internal static class Sample
{
    public static void Fits(string sample, JsonElement actual)
    {
        using var document = JsonDocument.Parse(sample);
        Fits(document.RootElement, actual, "$");
    }

    private static void Fits(JsonElement sample, JsonElement actual, string path)
    {
        var kind = KindOf(actual);
        Assert.True(string.Equals(KindOf(sample), kind, StringComparison.Ordinal), $"{path} is {kind}, the sample has {KindOf(sample)}.");
        switch (kind)
        {
            case "object":
                var (expected, found) = (NamesOf(sample), NamesOf(actual));
                Assert.True(expected.SequenceEqual(found, StringComparer.Ordinal), $"{path} has {string.Join(",", found)}; the sample has {string.Join(",", expected)}.");
                foreach (var property in sample.EnumerateObject()) Fits(property.Value, actual.GetProperty(property.Name), $"{path}.{property.Name}");
                break;
            case "array":
                // What has the length of the sample is compared place by place, and a list of any other length with its first one.
                if (sample.GetArrayLength() == 0) break;
                var isRow = sample.GetArrayLength() == actual.GetArrayLength() || sample[0].ValueKind is not (JsonValueKind.Object or JsonValueKind.Array);
                for (var i = 0; i < actual.GetArrayLength(); i++) Fits(Like(sample, actual[i]) ?? sample[isRow && i < sample.GetArrayLength() ? i : 0], actual[i], $"{path}[{i}]");
                break;
        }
    }

    /// <summary>True when the one could stand for the other.</summary>
    public static bool IsLike(JsonElement sample, JsonElement actual)
    {
        try
        {
            Fits(sample, actual, "$");
            return true;
        }
        catch (Xunit.Sdk.XunitException)
        {
            return false;
        }
    }

    /// <summary>Filters differ by their kind: the sample of the same one; null for anything else.</summary>
    private static JsonElement? Like(JsonElement samples, JsonElement actual)
    {
        if (actual.ValueKind != JsonValueKind.Object || !actual.TryGetProperty("filterType", out var kind)) return null;
        foreach (var sample in samples.EnumerateArray())
            if (sample.GetProperty("filterType").ValueEquals(kind.GetString()))
                return sample;
        return null;
    }

    private static string[] NamesOf(JsonElement element) => [.. element.EnumerateObject().Select(property => property.Name)];

    /// <summary>An amount is known by its decimals, since the exchange writes so many and no other number.</summary>
    private static string KindOf(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object: return "object";
            case JsonValueKind.Array: return "array";
            case JsonValueKind.Number: return "number";
            case JsonValueKind.Null: return "null";
            case JsonValueKind.True or JsonValueKind.False: return "flag";
        }

        var text = element.GetString()!;
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var isAmount = point > 0 && text.All(letter => char.IsAsciiDigit(letter) || letter is '.' or '-');
        return isAmount ? $"amount with {text.Length - point - 1} decimals" : "text";
    }
}
