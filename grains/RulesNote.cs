using System.Globalization;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Grains;

/// <summary>What the exchange has changed of the rules of a symbol, in a sentence.</summary>
internal static class RulesNote
{
    /// <summary>Null where nothing is new but the most at the market, which follows what is traded and changes by itself.</summary>
    public static string? Of(SymbolRules before, SymbolRules rules)
    {
        string[] changes =
        [
            .. Change("tick", before.TickSize, rules.TickSize),
            .. Change("step", before.StepSize, rules.StepSize),
            .. Change("least value of an order", before.MinNotional, rules.MinNotional),
        ];
        return changes.Length == 0 ? null : $"The exchange has changed the rules of {rules.Symbol}: {string.Join(", ", changes)}. They hold for the orders to come.";
    }

    private static IEnumerable<string> Change(string name, decimal before, decimal now)
    {
        if (before != now) yield return string.Create(CultureInfo.InvariantCulture, $"{name} from {before:0.########} to {now:0.########}");
    }
}
