using System.ComponentModel.DataAnnotations;

namespace OrleansTrader.ExchangeSimulator.Markets;

/// <summary>How a market is made of bars, and how deep it is.</summary>
public sealed class MarketOptions
{
    /// <summary>Trades on each of the three ways of a bar: from the open to the one extreme, to the other, and to the close. Default 10.</summary>
    [Range(1, 10_000)]
    public int TicksPerLeg { get; set; } = 10;

    public BarPath Path { get; set; } = BarPath.LowFirst;

    /// <summary>Best bid below and best ask above the last price, in basis points, one tick at the least. Default 1.</summary>
    [Range(0.0, 1000.0)]
    public double HalfSpreadBps { get; set; } = 1;

    /// <summary>Distance of one price level to the next, in basis points, one tick at the least. Default 1.</summary>
    [Range(0.0, 1000.0)]
    public double LevelGapBps { get; set; } = 1;

    /// <summary>Price levels on each side. Default 20.</summary>
    [Range(1, 5000)]
    public int Levels { get; set; } = 20;

    /// <summary>What a level is worth on average, in quote currency. Default 25,000.</summary>
    [Range(0.00000001, 1e12)]
    public double LevelNotional { get; set; } = 25_000;

    /// <summary>The share of a tick's volume that one resting order may take; 0 for no limit. Default 0.5.</summary>
    [Range(0.0, 1.0)]
    public double MaxVolumeShare { get; set; } = 0.5;

    /// <summary>The most bars before the start that are known as history. Default 1,000.</summary>
    [Range(0, 1_000_000)]
    public int HistoryBars { get; set; } = 1000;

    /// <summary>Where the bars begin that are played; those before are history. Null begins with the first one after the history.</summary>
    public DateTime? From { get; set; }
}
