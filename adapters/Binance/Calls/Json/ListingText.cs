using System.Collections.Frozen;
using OrleansTrader.Adapters.Binance.Limits;

namespace OrleansTrader.Adapters.Binance.Calls.Json;

/// <summary><c>exchangeInfo</c> as it is written.</summary>
internal sealed record ListingText
{
    public DateTime ServerTime { get; init; }

    public LimitText[] RateLimits { get; init; } = [];

    public SymbolText[] Symbols { get; init; } = [];

    public ExchangeInfo Read() => new(ServerTime, [.. RateLimits.Select(limit => limit.Read())], Symbols.ToFrozenDictionary(symbol => symbol.Symbol, symbol => symbol.Read(), StringComparer.Ordinal));
}

/// <summary>One limit, with the present count where the exchange says it.</summary>
internal sealed record LimitText(RateLimitKind RateLimitType, string Interval, int IntervalNum, int Limit, int Count)
{
    public TimeSpan Window => IntervalNum * Interval switch
    {
        "SECOND" => TimeSpan.FromSeconds(1),
        "MINUTE" => TimeSpan.FromMinutes(1),
        "HOUR" => TimeSpan.FromHours(1),
        "DAY" => TimeSpan.FromDays(1),
        _ => TimeSpan.Zero,
    };

    /// <summary>Of an unknown kind where the window is not known: it cannot be counted.</summary>
    public RateLimit Read() => new(Window > TimeSpan.Zero ? RateLimitType : RateLimitKind.Unknown, Window, Limit);
}

/// <summary>One symbol of <c>exchangeInfo</c>.</summary>
internal sealed record SymbolText
{
    public string Symbol { get; init; } = "";

    public ListingStatus Status { get; init; }

    public string BaseAsset { get; init; } = "";

    public int BaseAssetPrecision { get; init; }

    public string QuoteAsset { get; init; } = "";

    public int QuoteAssetPrecision { get; init; }

    public BinanceOrderType[] OrderTypes { get; init; } = [];

    public bool OcoAllowed { get; init; }

    public bool OtoAllowed { get; init; }

    public bool CancelReplaceAllowed { get; init; }

    public bool QuoteOrderQtyMarketAllowed { get; init; }

    public bool IsSpotTradingAllowed { get; init; }

    public SelfTradePrevention DefaultSelfTradePreventionMode { get; init; }

    public FilterText[] Filters { get; init; } = [];

    public SymbolListing Read() => new()
    {
        Symbol = Symbol,
        Status = Status,
        BaseAsset = BaseAsset,
        QuoteAsset = QuoteAsset,
        BasePrecision = BaseAssetPrecision,
        QuotePrecision = QuoteAssetPrecision,
        OrderTypes = OrderTypes,
        IsSpot = IsSpotTradingAllowed,
        AllowsOco = OcoAllowed,
        AllowsOto = OtoAllowed,
        AllowsCancelReplace = CancelReplaceAllowed,
        AllowsQuoteQuantity = QuoteOrderQtyMarketAllowed,
        SelfTradePrevention = DefaultSelfTradePreventionMode,
        Filters = Filters.Aggregate(new SymbolFilters(), (filters, filter) => filter.Add(filters)),
    };
}

/// <summary>One filter: the fields of all kinds, of which each has its own.</summary>
internal sealed record FilterText
{
    public string FilterType { get; init; } = "";

    public decimal MinPrice { get; init; }

    public decimal MaxPrice { get; init; }

    public decimal TickSize { get; init; }

    public decimal MinQty { get; init; }

    public decimal MaxQty { get; init; }

    public decimal StepSize { get; init; }

    public decimal MinNotional { get; init; }

    public decimal MaxNotional { get; init; }

    public bool ApplyToMarket { get; init; }

    public bool ApplyMinToMarket { get; init; }

    public bool ApplyMaxToMarket { get; init; }

    public decimal MultiplierUp { get; init; }

    public decimal MultiplierDown { get; init; }

    public decimal BidMultiplierUp { get; init; }

    public decimal BidMultiplierDown { get; init; }

    public decimal AskMultiplierUp { get; init; }

    public decimal AskMultiplierDown { get; init; }

    public int AvgPriceMins { get; init; }

    public int MaxNumOrders { get; init; }

    public int MaxNumAlgoOrders { get; init; }

    public int MaxNumOrderLists { get; init; }

    public decimal MaxPosition { get; init; }

    public SymbolFilters Add(SymbolFilters filters) => FilterType switch
    {
        "PRICE_FILTER" => filters with { Price = new GridFilter(MinPrice, MaxPrice, TickSize) },
        "LOT_SIZE" => filters with { Lot = new GridFilter(MinQty, MaxQty, StepSize) },
        "MARKET_LOT_SIZE" => filters with { MarketLot = new GridFilter(MinQty, MaxQty, StepSize) },
        "MIN_NOTIONAL" => filters with { Notional = new NotionalFilter(MinNotional, 0, ApplyToMarket, IsMostForMarket: false) },
        "NOTIONAL" => filters with { Notional = new NotionalFilter(MinNotional, MaxNotional, ApplyMinToMarket, ApplyMaxToMarket) },
        "PERCENT_PRICE" => filters with { PriceBand = new PriceBandFilter(MultiplierUp, MultiplierDown, MultiplierUp, MultiplierDown, AvgPriceMins) },
        "PERCENT_PRICE_BY_SIDE" => filters with { PriceBand = new PriceBandFilter(BidMultiplierUp, BidMultiplierDown, AskMultiplierUp, AskMultiplierDown, AvgPriceMins) },
        "MAX_NUM_ORDERS" => filters with { MostOrders = MaxNumOrders },
        "MAX_NUM_ALGO_ORDERS" => filters with { MostContingentOrders = MaxNumAlgoOrders },
        "MAX_NUM_ORDER_LISTS" => filters with { MostOrderLists = MaxNumOrderLists },
        "MAX_POSITION" => filters with { MostPosition = MaxPosition },
        _ => filters,
    };
}
