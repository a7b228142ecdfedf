using OrleansTrader.Core.Market;
using OrleansTrader.ExchangeSimulator.Api;

namespace OrleansTrader.ExchangeSimulator.Orders;

/// <summary>An order as it was asked for, its parameters complete and well-formed but nothing else judged.</summary>
internal sealed record OrderDraft
{
    public required OrderSide Side { get; init; }

    public required OrderKind Kind { get; init; }

    /// <summary>Null where the kind of order has none.</summary>
    public TimeInForce? TimeInForce { get; init; }

    /// <summary>Base currency; 0 in an order by value.</summary>
    public decimal Quantity { get; init; }

    /// <summary>Quote currency that an order by value is for; 0 otherwise.</summary>
    public decimal Value { get; init; }

    public decimal Price { get; init; }

    public decimal StopPrice { get; init; }

    /// <summary>Basis points; 0 when the stop does not follow.</summary>
    public int TrailingDelta { get; init; }

    public decimal IcebergQuantity { get; init; }

    public string? ClientId { get; init; }

    public SelfTradePrevention? SelfTrade { get; init; }

    public long? StrategyId { get; init; }

    public long? StrategyType { get; init; }

    public bool IsContingent => Kind is OrderKind.StopLoss or OrderKind.StopLossLimit or OrderKind.TakeProfit or OrderKind.TakeProfitLimit;

    private bool IsLimited => Kind is not (OrderKind.Market or OrderKind.StopLoss or OrderKind.TakeProfit);

    /// <summary>The names of what an order may say, in the writing of a leg such as <c>aboveStopPrice</c>, or of an order alone for an empty prefix.</summary>
    public static IEnumerable<string> Names(string prefix)
    {
        string[] common = ["type", "price", "stopPrice", "trailingDelta", "timeInForce", "icebergQty", "strategyId", "strategyType"];
        return [.. common.Select(name => NameOf(prefix, name)), prefix.Length == 0 ? "newClientOrderId" : $"{prefix}ClientOrderId"];
    }

    /// <summary>Reads an order alone, or a leg of a list by its prefix.</summary>
    /// <param name="quantity">That of the leg; null reads it under its own name.</param>
    public static OrderDraft Read(Parameters from, string prefix, OrderSide? side = null, decimal? quantity = null)
    {
        string Name(string name) => NameOf(prefix, name);
        var sideName = Name("side");
        var kindName = Name("type");
        var named = side ?? SideOf(from, sideName);
        from.RequiredText(kindName);
        var kind = from.Term<OrderKind>(kindName, -1116, "Invalid orderType.")!.Value;
        var draft = new OrderDraft
        {
            Side = named,
            Kind = kind,
            TimeInForce = from.Term<TimeInForce>(Name("timeInForce"), -1115, "Invalid timeInForce."),
            Quantity = quantity ?? from.Amount(Name("quantity")),
            Value = prefix.Length == 0 ? from.Amount("quoteOrderQty") : 0,
            Price = from.Amount(Name("price")),
            StopPrice = from.Amount(Name("stopPrice")),
            TrailingDelta = (int)Math.Min(from.Number(Name("trailingDelta")) ?? 0, int.MaxValue),
            IcebergQuantity = from.Amount(Name("icebergQty")),
            ClientId = from.ClientId(prefix.Length == 0 ? "newClientOrderId" : $"{prefix}ClientOrderId"),
            SelfTrade = SelfTradeOf(from),
            StrategyId = from.Number(Name("strategyId")),
            StrategyType = StrategyTypeOf(from, Name("strategyType")),
        };
        draft.Complete(from, prefix, isSized: quantity is not null);
        return draft;
    }

    public static OrderSide SideOf(Parameters from, string name) => from.RequiredText(name) switch
    {
        "BUY" => OrderSide.Buy,
        "SELL" => OrderSide.Sell,
        _ => throw new Refusal(-1117, "Invalid side."),
    };

    public static SelfTradePrevention? SelfTradeOf(Parameters from) => from.Term<SelfTradePrevention>("selfTradePreventionMode", -1100, "Invalid selfTradePreventionMode.");

    public static long? StrategyTypeOf(Parameters from, string name) =>
        from.Number(name) is < 1_000_000 ? throw new Refusal(-1134, "'strategyType' was less than 1000000.") : from.Number(name);

    /// <summary>What the kind of order needs is there, and nothing else.</summary>
    private void Complete(Parameters from, string prefix, bool isSized)
    {
        string Name(string name) => NameOf(prefix, name);
        void Need(string name)
        {
            if (!from.Has(Name(name))) throw Refusal.Missing(Name(name));
        }

        void Refuse(string name)
        {
            if (from.Has(Name(name))) throw Refusal.NotRequired(Name(name));
        }

        if (!isSized && (Kind != OrderKind.Market || !from.Has("quoteOrderQty"))) Need("quantity");
        if (Kind == OrderKind.Market && from.Has("quoteOrderQty")) Refuse("quantity");
        if (Kind != OrderKind.Market && prefix.Length == 0) Refuse("quoteOrderQty");
        if (IsLimited) Need("price");
        else Refuse("price");
        if (IsLimited && Kind != OrderKind.LimitMaker) Need("timeInForce");
        else Refuse("timeInForce");
        if (!IsContingent)
        {
            Refuse("stopPrice");
            Refuse("trailingDelta");
        }
        else if (!from.Has(Name("stopPrice")) && !from.Has(Name("trailingDelta")))
        {
            throw new Refusal(-1102, $"Param '{Name("stopPrice")}' or '{Name("trailingDelta")}' must be sent, but both were empty/null!");
        }

        if (!IsLimited) Refuse("icebergQty");
        if (IcebergQuantity > 0 && TimeInForce is not (null or Orders.TimeInForce.Gtc)) throw new Refusal(-1013, "Iceberg orders require a timeInForce of GTC.");
    }

    private static string NameOf(string prefix, string name) => prefix.Length == 0 ? name : string.Concat(prefix, char.ToUpperInvariant(name[0]).ToString(), name.AsSpan(1));
}
