using OrleansTrader.Core.Market;

namespace OrleansTrader.ExchangeSimulator.Markets;

/// <summary>What the exchange asks of an order for a symbol; a bound of 0 asks for nothing.</summary>
public sealed record SymbolFilters
{
    /// <summary>PRICE_FILTER, quote currency.</summary>
    public decimal MinPrice { get; init; }

    public decimal MaxPrice { get; init; } = 1_000_000;

    public decimal TickSize { get; init; } = 0.01m;

    /// <summary>LOT_SIZE, base currency.</summary>
    public decimal MinQuantity { get; init; }

    public decimal MaxQuantity { get; init; } = 9000;

    public decimal StepSize { get; init; } = 0.00001m;

    /// <summary>MARKET_LOT_SIZE; a step of 0 is that of every order.</summary>
    public decimal MarketMinQuantity { get; init; }

    public decimal MarketMaxQuantity { get; init; }

    public decimal MarketStepSize { get; init; }

    /// <summary>NOTIONAL, quote currency.</summary>
    public decimal MinNotional { get; init; } = 5;

    public bool AppliesMinToMarket { get; init; } = true;

    public decimal MaxNotional { get; init; } = 9_000_000;

    public bool AppliesMaxToMarket { get; init; }

    /// <summary>Minutes of trades whose price counts for orders at the market; 0 for the last price.</summary>
    public int AveragePriceMinutes { get; init; } = 5;

    /// <summary>PERCENT_PRICE_BY_SIDE: bounds of a price as multiples of the average; 0 for none.</summary>
    public decimal BidMultiplierUp { get; init; } = 5;

    public decimal BidMultiplierDown { get; init; } = 0.2m;

    public decimal AskMultiplierUp { get; init; } = 5;

    public decimal AskMultiplierDown { get; init; } = 0.2m;

    public int IcebergParts { get; init; } = 100;

    public int MinTrailingDelta { get; init; } = 10;

    public int MaxTrailingDelta { get; init; } = 2000;

    public int MaxOrders { get; init; } = 200;

    public int MaxOrderLists { get; init; } = 20;

    /// <summary>Orders with a stop price.</summary>
    public int MaxAlgoOrders { get; init; } = 5;

    public int MaxIcebergOrders { get; init; }

    /// <summary>How often one order may be amended.</summary>
    public int MaxOrderAmends { get; init; } = 10;

    /// <summary>MAX_POSITION, base currency; 0 for none.</summary>
    public decimal MaxPosition { get; init; }

    /// <summary>What a symbol of those rules has by default.</summary>
    public static SymbolFilters Of(SymbolRules rules) => new()
    {
        MinPrice = rules.TickSize,
        MaxPrice = rules.TickSize * 100_000_000,
        TickSize = rules.TickSize,
        MinQuantity = rules.StepSize,
        MaxQuantity = rules.StepSize * 900_000_000,
        StepSize = rules.StepSize,
        MarketMaxQuantity = rules.StepSize * 90_000_000,
        MinNotional = rules.MinNotional,
        MaxNotional = rules.MinNotional * 1_800_000,
    };
}
