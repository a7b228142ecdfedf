using System.ComponentModel.DataAnnotations;

namespace OrleansTrader.Adapters.Binance.Feed;

/// <summary>How the bars of the exchange are asked for.</summary>
public sealed record BinanceFeedOptions
{
    /// <summary>Bars before its first step that a strategy is shown. Default 2,000.</summary>
    [Range(100, 100_000)]
    public int HistoryBars { get; init; } = 2_000;

    /// <summary>Seconds after its end from which on a bar is asked for that no stream has brought: the exchange publishes trades of its last moment a little later. Default 1.</summary>
    [Range(0.0, 60.0)]
    public double SettleSeconds { get; init; } = 1;

    /// <summary>Seconds after its end for which the others wait for a symbol whose bar is missing; then the step is made without it. Default 15.</summary>
    [Range(0.0, 3_600.0)]
    public double PatienceSeconds { get; init; } = 15;

    /// <summary>Seconds between two attempts while there is no answer. Default 2.</summary>
    [Range(0.1, 600.0)]
    public double RetrySeconds { get; init; } = 2;

    /// <summary>Seconds for which best prices hold when no newer ones are heard; then there are none. Default 15.</summary>
    [Range(1.0, 3_600.0)]
    public double QuoteSeconds { get; init; } = 15;

    /// <summary>How long a step that is due is waited for in one go where bars come by stream, ms. Default 200.</summary>
    [Range(0, 1_000)]
    public int WaitMs { get; init; } = 200;
}
