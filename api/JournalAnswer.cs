using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using OrleansTrader.Core.Accounts;
using OrleansTrader.GrainInterfaces.Views;

namespace OrleansTrader.Api;

/// <summary>A page of facts.</summary>
/// <param name="Next">Give it as after for the next page; null when there is none.</param>
public sealed record JournalAnswer(FactAnswer[] Items, long? Next)
{
    internal static JournalAnswer Of(JournalPageView page) => new([.. page.Entries.Select(entry => new FactAnswer(entry.Sequence, entry.Time, entry.Fact.Kind, entry.Fact.Symbol, FactAnswer.Fields(entry.Fact)))], page.Next);
}

/// <summary>A fact with its number.</summary>
/// <param name="Time">UTC.</param>
/// <param name="Fact">Everything else of it that is set.</param>
public sealed record FactAnswer(long Sequence, DateTime Time, FactKind Kind, string? Symbol, JsonNode? Fact)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        IgnoreReadOnlyProperties = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new FiniteDoubleConverter(), new CleanTextConverter() },
    };

    internal static JsonNode? Fields(in Fact fact) => JsonSerializer.SerializeToNode(fact with { Kind = default, Time = default, Symbol = null }, Json);
}
