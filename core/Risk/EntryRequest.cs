using OrleansTrader.Core.Market;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Core.Risk;

/// <summary>What the risk policy needs to know to judge an entry: the signal and how the account stands at that moment.</summary>
public readonly ref struct EntryRequest
{
    // Wide, and read where they stand: to copy them would cost as much as several checks.
    private readonly ref readonly Signal _signal;
    private readonly ref readonly EntryMarket _market;

    public EntryRequest(in Signal signal, in EntryMarket market)
    {
        _signal = ref signal;
        _market = ref market;
    }

    public ref readonly Signal Signal => ref _signal;

    public ref readonly EntryMarket Market => ref _market;

    public required SymbolRules Rules { get; init; }

    /// <summary>The latest close, quote currency.</summary>
    public required double Price { get; init; }

    public required RunState Run { get; init; }

    /// <summary>Cash and positions at the latest closes, quote currency.</summary>
    public required decimal Equity { get; init; }

    /// <summary>Cash that no order holds, quote currency.</summary>
    public required decimal FreeCash { get; init; }

    /// <summary>Positions held or being opened, without one that the entry would add to.</summary>
    public required int OpenPositions { get; init; }

    /// <summary>Bars since the symbol was last left; <see cref="int.MaxValue"/> if it never was.</summary>
    public required int BarsSinceExit { get; init; }

    /// <summary>What the entry may cost at the most by whoever wants it, quote currency; 0 for no bound of its own.</summary>
    public decimal Most { get; init; }

    public bool IsKilled { get; init; }

    /// <summary>Its owner lets the account open positions with real money; null where nobody has to.</summary>
    public bool? IsArmed { get; init; }

    /// <summary>What an entry may cost on the first day with real money, quote currency; 0 for no such bound.</summary>
    public decimal FirstDayMost { get; init; }

    /// <summary>Bars until the longest lock of the symbol ends, a part of one counting as one; 0 when none holds, <see cref="UntilLifted"/> where one waits for its owner.</summary>
    public int LockedBars { get; init; }

    /// <summary>Of <see cref="LockedBars"/>: no time ends the lock.</summary>
    public const int UntilLifted = int.MaxValue;

    /// <summary>The watched limits that were crossed and are not lifted yet.</summary>
    public LimitHits Hits { get; init; }

    /// <summary>What the UTC day has lost so far, realised and open, as a share of the equity with which it began; below 0 when it has earned.</summary>
    public double DayLoss { get; init; }

    /// <summary>How far the equity is below its peak, as a share of it.</summary>
    public double Drawdown { get; init; }

    /// <summary>Closed trades that lost, counted back from the latest.</summary>
    public int LossStreak { get; init; }

    /// <summary>Entries of this UTC day.</summary>
    public int DayEntries { get; init; }

    /// <summary>What is owned of the symbol already, dust at the latest close, quote currency.</summary>
    public decimal SymbolExposure { get; init; }

    /// <summary>All positions at the latest closes and what entries hold back, quote currency.</summary>
    public decimal TotalExposure { get; init; }

    /// <summary>The positions whose returns move with those of the symbol, quote currency; below 0 when nobody knows.</summary>
    public decimal ClusterExposure { get; init; }

    /// <summary>The position that the entry would add to, at the latest close, quote currency; 0 when it would begin one.</summary>
    public decimal Held { get; init; }
}
