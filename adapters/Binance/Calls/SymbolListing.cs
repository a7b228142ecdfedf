using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Binance.Calls;

/// <summary>One symbol as the exchange lists it.</summary>
public sealed record SymbolListing
{
    public string Symbol { get; init; } = "";

    public ListingStatus Status { get; init; }

    public string BaseAsset { get; init; } = "";

    public string QuoteAsset { get; init; } = "";

    /// <summary>Decimals of a quantity.</summary>
    public int BasePrecision { get; init; } = MostDecimals;

    /// <summary>Decimals of a price.</summary>
    public int QuotePrecision { get; init; } = MostDecimals;

    public IReadOnlyList<BinanceOrderType> OrderTypes { get; init; } = [];

    public bool IsSpot { get; init; }

    public bool AllowsOco { get; init; }

    /// <summary>Lists of which one order waits for the other, such as OTOCO.</summary>
    public bool AllowsOto { get; init; }

    public bool AllowsCancelReplace { get; init; }

    /// <summary>Market orders by what they spend.</summary>
    public bool AllowsQuoteQuantity { get; init; }

    public SelfTradePrevention SelfTradePrevention { get; init; }

    public SymbolFilters Filters { get; init; } = new();

    /// <summary>Whether orders can be opened, in the words of core; a status that is not known counts as halted.</summary>
    public SymbolStatus CoreStatus => Status == ListingStatus.Trading && IsSpot ? SymbolStatus.Trading : SymbolStatus.Halted;

    /// <summary>The rules that core trades by; without a filter the finest grid of the assets holds.</summary>
    public SymbolRules Rules => new(
        Symbol,
        BaseAsset,
        QuoteAsset,
        Filters.Price is { Step: > 0 } price ? Plain(price.Step) : Unit(QuotePrecision),
        Filters.Lot is { Step: > 0 } lot ? Plain(lot.Step) : Unit(BasePrecision),
        TakesStopsAtLimitAlone ? ProtectedLeast(Filters.Notional?.Least ?? 0) : Plain(Filters.Notional?.Least ?? 0))
    {
        MostAtMarket = Plain(Filters switch
        {
            { Lot.Most: > 0 and var most, MarketLot.Most: > 0 and var atMarket } => Math.Min(most, atMarket),
            { MarketLot.Most: > 0 and var atMarket } => atMarket,
            _ => Filters.Lot?.Most ?? 0,
        }),
    };

    /// <summary>The largest share by which the limit of a stop lies below its stop price, where the symbol takes no stop that goes to the market.</summary>
    internal const decimal LargestStopLimitShare = 0.05m;

    // Of a price of more than a hundred ticks the limit loses less than that by being rounded down to a tick.
    private const decimal LeastHeadroom = 1.01m;

    private const int MostDecimals = 8;

    private bool TakesStopsAtLimitAlone => OrderTypes.Contains(BinanceOrderType.StopLossLimit) && !OrderTypes.Contains(BinanceOrderType.StopLoss);

    /// <summary>What must be worth the least at its stop price so that it is at the limit below as well, which is what the exchange looks at.</summary>
    private static decimal ProtectedLeast(decimal least) =>
        Plain(decimal.Round(least * LeastHeadroom / (1 - LargestStopLimitShare), MostDecimals, MidpointRounding.ToPositiveInfinity));

    private static decimal Unit(int decimals) => new(1, 0, 0, isNegative: false, (byte)Math.Clamp(decimals, 0, MostDecimals));

    // 0.01000000 becomes 0.01.
    private static decimal Plain(decimal value) => value / 1.0000000000000000000000000000m;
}
