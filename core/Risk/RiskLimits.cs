using System.ComponentModel.DataAnnotations;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Risk;

/// <summary>
/// The limits that every entry must pass, and the rules by which it is sized; 0 switches one off where its range begins there.
/// Shares are shares of equity. A change never touches an order that reduces a position.
/// </summary>
public sealed record RiskLimits
{
    /// <summary>The values that hold where no other is set. Default none.</summary>
    public RiskPreset Preset { get; init; } = RiskPreset.None;

    /// <summary>The largest share of equity that one position may cost, fees included. Default 25 %.</summary>
    [Range(0.001, 1.0)]
    public decimal MaxPositionShare { get; init; } = 0.25m;

    /// <summary>Positions held or being opened at the same time. Default 4.</summary>
    [Range(1, 1000)]
    public int MaxOpenPositions { get; init; } = 4;

    public LimitReaction OpenPositionsReaction { get; init; }

    /// <summary>The smallest position worth opening, in quote currency. Default 10.</summary>
    [Range(0.0, 1_000_000.0)]
    public decimal MinNotional { get; init; } = 10m;

    /// <summary>Bars that must pass after an exit before the same symbol is entered again. Default 2.</summary>
    [Range(0, 10_000)]
    public int CooldownBars { get; init; } = 2;

    /// <summary>The share of the equity with which a UTC day began that may be lost in it, realised and open; 0 for no limit.</summary>
    [Range(0.0, 1.0)]
    public decimal MaxDailyLoss { get; init; }

    public LimitReaction DailyLossReaction { get; init; }

    /// <summary>How far the equity may fall below its peak, as a share of it; 0 for no limit. It is lifted by the owner alone.</summary>
    [Range(0.0, 1.0)]
    public decimal MaxDrawdown { get; init; }

    public LimitReaction DrawdownReaction { get; init; }

    /// <summary>Closed trades that may lose in a row; 0 for no limit. It ends with the UTC day.</summary>
    [Range(0, 1000)]
    public int MaxLossStreak { get; init; }

    public LimitReaction LossStreakReaction { get; init; }

    /// <summary>Entries of one UTC day; 0 for no limit.</summary>
    [Range(0, 100_000)]
    public int MaxTradesPerDay { get; init; }

    public LimitReaction TradesPerDayReaction { get; init; }

    /// <summary>The largest share of equity in one symbol, dust included; 0 for no limit.</summary>
    [Range(0.0, 1.0)]
    public decimal MaxSymbolExposure { get; init; }

    public LimitReaction SymbolExposureReaction { get; init; }

    /// <summary>The largest share of equity in all positions and entries together; 0 for no limit.</summary>
    [Range(0.0, 1.0)]
    public decimal MaxExposure { get; init; }

    public LimitReaction ExposureReaction { get; init; }

    /// <summary>The largest share of equity in positions that move together; 0 for no limit.</summary>
    [Range(0.0, 1.0)]
    public decimal MaxClusterExposure { get; init; }

    public LimitReaction ClusterExposureReaction { get; init; }

    /// <summary>The widest spread at which is bought, as a share of the price; 0 for no limit.</summary>
    [Range(0.0, 0.1)]
    public decimal MaxSpread { get; init; }

    public LimitReaction SpreadReaction { get; init; }

    /// <summary>How many times what an entry spends must be offered at the best price; 0 for no limit.</summary>
    [Range(0.0, 1000.0)]
    public decimal MinLiquidity { get; init; }

    public LimitReaction LiquidityReaction { get; init; }

    /// <summary>Seconds that the latest data of a symbol may be old; 0 for no limit.</summary>
    [Range(0, 1_000_000)]
    public int MaxDataAgeSeconds { get; init; }

    public LimitReaction DataAgeReaction { get; init; }

    /// <summary>What the target must earn beside what the stop loses; 0 for no limit.</summary>
    [Range(0.0, 100.0)]
    public decimal MinRewardToRisk { get; init; }

    /// <summary>Share of equity that is lost when the stop is hit, before fees; 0 to size by other rules.</summary>
    [Range(0.0, 1.0)]
    public decimal RiskPerTrade { get; init; }

    /// <summary>Share of equity by which one position may swing within a year; 0 to size by other rules.</summary>
    [Range(0.0, 10.0)]
    public decimal VolatilityTarget { get; init; }

    /// <summary>The part of Kelly's stake that is risked; 0 to size by other rules.</summary>
    [Range(0.0, 1.0)]
    public decimal KellyFraction { get; init; }

    /// <summary>The largest share of equity that Kelly's rule may put at risk. Default 2 %.</summary>
    [Range(0.001, 1.0)]
    public decimal KellyMaxRisk { get; init; } = 0.02m;

    /// <summary>Past trades below which the evidence is too thin for any stake by Kelly's rule. Default 50.</summary>
    [Range(1, 100_000)]
    public int KellyMinTrades { get; init; } = 50;

    /// <summary>Positions stopped out with a loss within <see cref="StopGuardBars"/> that lock entries; 0 for no guard.</summary>
    [Range(0, 256)]
    public int StopGuardStops { get; init; }

    /// <summary>Bars over which they are counted. Default 24.</summary>
    [Range(1, 100_000)]
    public int StopGuardBars { get; init; } = 24;

    /// <summary>Bars for which entries are locked. Default 12.</summary>
    [Range(1, 100_000)]
    public int StopGuardLockBars { get; init; } = 12;

    /// <summary>Count and lock each symbol by itself instead of all together.</summary>
    public bool StopGuardPerSymbol { get; init; }

    /// <summary>How far the sum of the trades closed within <see cref="RecentDrawdownBars"/> may fall from its best moment, as a share of equity; 0 for no guard.</summary>
    [Range(0.0, 1.0)]
    public decimal MaxRecentDrawdown { get; init; }

    /// <summary>Bars over which trades are summed. Default 48.</summary>
    [Range(1, 100_000)]
    public int RecentDrawdownBars { get; init; } = 48;

    /// <summary>Fewer closed trades say nothing. Default 4.</summary>
    [Range(1, 256)]
    public int RecentDrawdownTrades { get; init; } = 4;

    /// <summary>Bars for which entries are locked. Default 12.</summary>
    [Range(1, 100_000)]
    public int RecentDrawdownLockBars { get; init; } = 12;

    /// <summary>Closed trades of a symbol within <see cref="LowProfitBars"/> from which on their profit is looked at; 0 for no guard.</summary>
    [Range(0, 256)]
    public int LowProfitTrades { get; init; }

    /// <summary>Bars over which they are summed. Default 168.</summary>
    [Range(1, 100_000)]
    public int LowProfitBars { get; init; } = 168;

    /// <summary>What they must earn together, each as a share of what it cost. Default 0.</summary>
    [Range(-1.0, 1.0)]
    public decimal LowProfitFloor { get; init; }

    /// <summary>Bars for which the symbol is locked. Default 48.</summary>
    [Range(1, 100_000)]
    public int LowProfitLockBars { get; init; } = 48;

    /// <summary>Returns over which is told which symbols move together. Default 96.</summary>
    [Range(10, 500)]
    public int CorrelationBars { get; init; } = 96;

    /// <summary>The correlation of returns from which on two symbols count as one. Default 0.7.</summary>
    [Range(0.0, 1.0)]
    public decimal ClusterCorrelation { get; init; } = 0.7m;

    /// <summary>Returns over which the volatility of a symbol is measured. Default 96.</summary>
    [Range(10, 500)]
    public int VolatilityBars { get; init; } = 96;

    /// <summary>Minutes that must pass after an exit before the same symbol is entered again; 0 where <see cref="CooldownBars"/> says.</summary>
    [Range(0, 10_000_000)]
    public int CooldownMinutes { get; init; }

    /// <summary>Minutes over which stops are counted; 0 where <see cref="StopGuardBars"/> says.</summary>
    [Range(0, 10_000_000)]
    public int StopGuardMinutes { get; init; }

    /// <summary>Minutes for which the guard of stops locks; 0 where <see cref="StopGuardLockBars"/> says.</summary>
    [Range(0, 10_000_000)]
    public int StopGuardLockMinutes { get; init; }

    /// <summary>Minutes over which trades are summed; 0 where <see cref="RecentDrawdownBars"/> says.</summary>
    [Range(0, 10_000_000)]
    public int RecentDrawdownMinutes { get; init; }

    /// <summary>Minutes for which the guard of recent losses locks; 0 where <see cref="RecentDrawdownLockBars"/> says.</summary>
    [Range(0, 10_000_000)]
    public int RecentDrawdownLockMinutes { get; init; }

    /// <summary>Minutes over which the trades of a symbol are summed; 0 where <see cref="LowProfitBars"/> says.</summary>
    [Range(0, 10_000_000)]
    public int LowProfitMinutes { get; init; }

    /// <summary>Minutes for which a symbol is locked that earns too little; 0 where <see cref="LowProfitLockBars"/> says.</summary>
    [Range(0, 10_000_000)]
    public int LowProfitLockMinutes { get; init; }

    /// <summary>No limit but the cash: for measuring a bare strategy.</summary>
    public static RiskLimits None { get; } = new() { MaxPositionShare = 1, MaxOpenPositions = 1000, MinNotional = 0, CooldownBars = 0 };

    /// <summary>True when anything but <see cref="MaxPositionShare"/> and the cash may bound a budget.</summary>
    internal bool HasSizing => Exact.IsPositive(RiskPerTrade) || Exact.IsPositive(VolatilityTarget) || Exact.IsPositive(KellyFraction) || Exact.IsPositive(MaxSymbolExposure) || Exact.IsPositive(MaxExposure) || Exact.IsPositive(MaxClusterExposure);

    /// <summary>True when a limit is watched at each mark of the equity, or counts by the day.</summary>
    internal bool HasWatch => Exact.IsPositive(MaxDailyLoss) || Exact.IsPositive(MaxDrawdown) || MaxLossStreak > 0 || MaxTradesPerDay > 0;

    /// <summary>True when an entry that a limit refuses may set off more than its refusal.</summary>
    internal bool ReactsToRefusals =>
        (OpenPositionsReaction | TradesPerDayReaction | SymbolExposureReaction | ExposureReaction | ClusterExposureReaction | SpreadReaction | LiquidityReaction | DataAgeReaction) != LimitReaction.Refuse;

    /// <summary>What it sets off when a limit is crossed, or refuses an entry.</summary>
    public LimitReaction ReactionTo(RefusalCode limit) => limit switch
    {
        RefusalCode.DailyLoss => DailyLossReaction,
        RefusalCode.Drawdown => DrawdownReaction,
        RefusalCode.LossStreak => LossStreakReaction,
        RefusalCode.TooManyPositions => OpenPositionsReaction,
        RefusalCode.TradesPerDay => TradesPerDayReaction,
        RefusalCode.SymbolExposure => SymbolExposureReaction,
        RefusalCode.TotalExposure => ExposureReaction,
        RefusalCode.Correlation => ClusterExposureReaction,
        RefusalCode.Spread => SpreadReaction,
        RefusalCode.Liquidity => LiquidityReaction,
        RefusalCode.StaleData => DataAgeReaction,
        _ => LimitReaction.Refuse,
    };

    internal bool CountsDays => Exact.IsPositive(MaxDailyLoss) || MaxLossStreak > 0 || MaxTradesPerDay > 0;

    /// <summary>The latest closes of each symbol that a decision about an entry looks at; 0 when none.</summary>
    public int ClosesNeeded => Math.Max(Exact.IsPositive(MaxClusterExposure) ? CorrelationBars + 1 : 0, Exact.IsPositive(VolatilityTarget) ? VolatilityBars + 1 : 0);

    /// <summary>True when a rule of size looks at the volatility or at the odds.</summary>
    internal bool MeasuresMarket => Exact.IsPositive(VolatilityTarget) || Exact.IsPositive(KellyFraction);

    /// <summary>The same limits with bars of that length instead of minutes, rounded up to whole ones.</summary>
    public RiskLimits InBarsOf(Interval interval) =>
        (CooldownMinutes | StopGuardMinutes | StopGuardLockMinutes | RecentDrawdownMinutes | RecentDrawdownLockMinutes | LowProfitMinutes | LowProfitLockMinutes) == 0
            ? this
            : this with
            {
                CooldownBars = Bars(CooldownMinutes, CooldownBars, interval),
                StopGuardBars = Bars(StopGuardMinutes, StopGuardBars, interval),
                StopGuardLockBars = Bars(StopGuardLockMinutes, StopGuardLockBars, interval),
                RecentDrawdownBars = Bars(RecentDrawdownMinutes, RecentDrawdownBars, interval),
                RecentDrawdownLockBars = Bars(RecentDrawdownLockMinutes, RecentDrawdownLockBars, interval),
                LowProfitBars = Bars(LowProfitMinutes, LowProfitBars, interval),
                LowProfitLockBars = Bars(LowProfitLockMinutes, LowProfitLockBars, interval),
            };

    internal bool HasProtections => StopGuardStops > 0 || Exact.IsPositive(MaxRecentDrawdown) || LowProfitTrades > 0;

    private static int Bars(int minutes, int bars, Interval interval) => minutes == 0 ? bars : (int)Math.Ceiling(TimeSpan.FromMinutes(minutes) / interval.Length);
}
