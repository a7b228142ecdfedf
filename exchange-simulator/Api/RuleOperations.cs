using OrleansTrader.ExchangeSimulator.Markets;

namespace OrleansTrader.ExchangeSimulator.Api;

/// <summary>Bounds of prices at which orders are carried out; this exchange has none.</summary>
internal static class RuleOperations
{
    private const int MostWeight = 40;
    private const int PerSymbol = 2;

    public static IEnumerable<Operation> All =>
    [
        MarketOperations.Public("executionRules", "executionRules", Weight, ["symbol", "symbols", "symbolStatus"], Rules),
        MarketOperations.Public("referencePrice", "referencePrice", _ => PerSymbol, ["symbol"], ReferencePrice),
        MarketOperations.Public("referencePrice.calculation", "referencePrice/calculation", _ => PerSymbol, ["symbol", "symbolStatus"], ReferencePrice),
    ];

    private static int Weight(Parameters parameters)
    {
        if (parameters.Has("symbol")) return PerSymbol;
        return parameters.List("symbols") is { } symbols ? Math.Min(MostWeight, PerSymbol * symbols.Count) : MostWeight;
    }

    private static Action<Wire> Rules(Call call)
    {
        var phase = call.Parameters.Term<TradingPhase>("symbolStatus", -1122, "Invalid symbolStatus.");
        var markets = MarketOperations.MarketsOf(call).Where(market => phase is null || market.Phase == phase).ToArray();
        return wire =>
        {
            wire.Open();
            wire.OpenList("symbolRules");
            foreach (var market in markets)
            {
                wire.Open();
                wire.Text("symbol", market.Symbol);
                wire.OpenList("rules");
                wire.CloseList();
                wire.Close();
            }

            wire.CloseList();
            wire.Close();
        };
    }

    private static Action<Wire> ReferencePrice(Call call)
    {
        call.Market();
        throw new Refusal(-2043, "This symbol doesn't have a reference price.");
    }
}
