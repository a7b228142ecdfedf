using System.ComponentModel.DataAnnotations;

namespace OrleansTrader.Adapters.Binance.Calls;

/// <summary>For how long answers are used again; all others are asked for each time.</summary>
public sealed class CacheOptions
{
    /// <summary><c>exchangeInfo</c>: filters, states and limits, seconds. Default 30.</summary>
    [Range(0, 86_400)] public int ExchangeInfoSeconds { get; init; } = 30;

    /// <summary>Rates of commission, seconds. Default 3,600; what a trade really cost stands in its report.</summary>
    [Range(0, 86_400)] public int CommissionSeconds { get; init; } = 3_600;

    /// <summary>The tickers of all symbols, seconds. Default 5.</summary>
    [Range(0, 3_600)] public int TickerSeconds { get; init; } = 5;
}
