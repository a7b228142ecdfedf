using System.Collections.Frozen;

namespace OrleansTrader.ExchangeSimulator.Api;

/// <summary>All that the exchange can be asked.</summary>
internal static class Operations
{
    /// <summary>The operation that has an order checked and places none.</summary>
    public const string Rehearsal = "order.test";

    public static readonly IReadOnlyList<Operation> All = [.. MarketOperations.All, .. RuleOperations.All, .. TradeOperations.All, .. AmendOperations.All, .. ListOperations.All, .. AccountOperations.All];

    private static readonly FrozenDictionary<string, Operation> ByName = All.Where(operation => operation.Name.Length > 0).ToFrozenDictionary(operation => operation.Name, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Operation> ByRoute = All.ToFrozenDictionary(operation => $"{operation.Verb} {operation.Path}", StringComparer.Ordinal);

    private static readonly FrozenSet<string> Paths = All.Select(operation => operation.Path).ToFrozenSet(StringComparer.Ordinal);

    public static Operation? Named(string name) => ByName.GetValueOrDefault(name);

    public static Operation? At(string verb, string path) => ByRoute.GetValueOrDefault($"{verb} {path}");

    /// <summary>True when the path is one, perhaps with another verb.</summary>
    public static bool IsPath(string path) => Paths.Contains(path);
}
