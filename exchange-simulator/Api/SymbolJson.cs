using OrleansTrader.ExchangeSimulator.Limits;
using OrleansTrader.ExchangeSimulator.Markets;
using OrleansTrader.ExchangeSimulator.Orders;

namespace OrleansTrader.ExchangeSimulator.Api;

/// <summary>Symbols, their filters, and the limits, as <c>exchangeInfo</c> writes them.</summary>
internal static class SymbolJson
{
    private const int Precision = 8;

    public static void Limits(Wire wire, LimitOptions limits, bool isWebSocket)
    {
        wire.OpenList("rateLimits");
        Limit(wire, "REQUEST_WEIGHT", "MINUTE", 1, limits.RequestWeight);
        Limit(wire, "ORDERS", "SECOND", 10, limits.OrdersPer10Seconds);
        Limit(wire, "ORDERS", "DAY", 1, limits.OrdersPerDay);
        if (isWebSocket) Limit(wire, "CONNECTIONS", "MINUTE", 5, limits.Connections);
        else Limit(wire, "RAW_REQUESTS", "MINUTE", 5, limits.RawRequests);
        wire.CloseList();
    }

    /// <param name="count">How much is used; null where that is not told.</param>
    public static void Limit(Wire wire, string kind, string interval, int number, int limit, int? count = null)
    {
        wire.Open();
        wire.Text("rateLimitType", kind);
        wire.Text("interval", interval);
        wire.Number("intervalNum", number);
        wire.Number("limit", limit);
        if (count is { } used) wire.Number("count", used);
        wire.Close();
    }

    public static void Symbol(Wire wire, SymbolMarket market, AssumptionOptions assumptions, bool showsPermissions)
    {
        wire.Open();
        wire.Text("symbol", market.Symbol);
        wire.Term("status", market.Phase);
        wire.Text("baseAsset", market.Rules.BaseAsset);
        wire.Number("baseAssetPrecision", Precision);
        wire.Text("quoteAsset", market.Rules.QuoteAsset);
        foreach (var name in (string[])["quotePrecision", "quoteAssetPrecision", "baseCommissionPrecision", "quoteCommissionPrecision"]) wire.Number(name, Precision);
        Texts(wire, "orderTypes", Enum.GetValues<OrderKind>().Select(Term<OrderKind>.Of));
        foreach (var name in (string[])["icebergAllowed", "ocoAllowed", "otoAllowed", "opoAllowed", "quoteOrderQtyMarketAllowed", "allowTrailingStop", "cancelReplaceAllowed", "amendAllowed"]) wire.Flag(name, value: true);
        wire.Flag("pegInstructionsAllowed", value: false);
        wire.Flag("isSpotTradingAllowed", market.Phase == TradingPhase.Trading);
        wire.Flag("isMarginTradingAllowed", value: false);
        Filters(wire, "filters", market.Filters);
        Texts(wire, "permissions", []);
        if (showsPermissions)
        {
            wire.OpenList("permissionSets");
            wire.OpenList();
            wire.Text("SPOT");
            wire.CloseList();
            wire.CloseList();
        }

        wire.Term("defaultSelfTradePreventionMode", assumptions.DefaultSelfTrade);
        Texts(wire, "allowedSelfTradePreventionModes", (assumptions.AllowedSelfTrade.Count > 0 ? assumptions.AllowedSelfTrade : Enum.GetValues<SelfTradePrevention>()).Select(Term<SelfTradePrevention>.Of));
        wire.Close();
    }

    public static void Filters(Wire wire, string name, SymbolFilters filters)
    {
        wire.OpenList(name);
        Amounts(wire, "PRICE_FILTER", ("minPrice", filters.MinPrice), ("maxPrice", filters.MaxPrice), ("tickSize", filters.TickSize));
        Amounts(wire, "LOT_SIZE", ("minQty", filters.MinQuantity), ("maxQty", filters.MaxQuantity), ("stepSize", filters.StepSize));
        Numbers(wire, "ICEBERG_PARTS", ("limit", filters.IcebergParts));
        Amounts(wire, "MARKET_LOT_SIZE", ("minQty", filters.MarketMinQuantity), ("maxQty", filters.MarketMaxQuantity), ("stepSize", filters.MarketStepSize));
        Numbers(
            wire, "TRAILING_DELTA",
            ("minTrailingAboveDelta", filters.MinTrailingDelta), ("maxTrailingAboveDelta", filters.MaxTrailingDelta),
            ("minTrailingBelowDelta", filters.MinTrailingDelta), ("maxTrailingBelowDelta", filters.MaxTrailingDelta));
        wire.Open();
        wire.Text("filterType", "PERCENT_PRICE_BY_SIDE");
        wire.Plain("bidMultiplierUp", filters.BidMultiplierUp);
        wire.Plain("bidMultiplierDown", filters.BidMultiplierDown);
        wire.Plain("askMultiplierUp", filters.AskMultiplierUp);
        wire.Plain("askMultiplierDown", filters.AskMultiplierDown);
        wire.Number("avgPriceMins", filters.AveragePriceMinutes);
        wire.Close();
        wire.Open();
        wire.Text("filterType", "NOTIONAL");
        wire.Amount("minNotional", filters.MinNotional);
        wire.Flag("applyMinToMarket", filters.AppliesMinToMarket);
        wire.Amount("maxNotional", filters.MaxNotional);
        wire.Flag("applyMaxToMarket", filters.AppliesMaxToMarket);
        wire.Number("avgPriceMins", filters.AveragePriceMinutes);
        wire.Close();
        Numbers(wire, "MAX_NUM_ORDERS", ("maxNumOrders", filters.MaxOrders));
        Numbers(wire, "MAX_NUM_ORDER_LISTS", ("maxNumOrderLists", filters.MaxOrderLists));
        Numbers(wire, "MAX_NUM_ALGO_ORDERS", ("maxNumAlgoOrders", filters.MaxAlgoOrders));
        if (filters.MaxIcebergOrders > 0) Numbers(wire, "MAX_NUM_ICEBERG_ORDERS", ("maxNumIcebergOrders", filters.MaxIcebergOrders));
        Numbers(wire, "MAX_NUM_ORDER_AMENDS", ("maxNumOrderAmends", filters.MaxOrderAmends));
        if (filters.MaxPosition > 0) Amounts(wire, "MAX_POSITION", ("maxPosition", filters.MaxPosition));
        wire.CloseList();
    }

    private static void Amounts(Wire wire, string kind, params ReadOnlySpan<(string Name, decimal Value)> fields)
    {
        wire.Open();
        wire.Text("filterType", kind);
        foreach (var (name, value) in fields) wire.Amount(name, value);
        wire.Close();
    }

    private static void Numbers(Wire wire, string kind, params ReadOnlySpan<(string Name, int Value)> fields)
    {
        wire.Open();
        wire.Text("filterType", kind);
        foreach (var (name, value) in fields) wire.Number(name, value);
        wire.Close();
    }

    private static void Texts(Wire wire, string name, IEnumerable<string> values)
    {
        wire.OpenList(name);
        foreach (var value in values) wire.Text(value);
        wire.CloseList();
    }
}
