namespace OrleansTrader.Core.Risk;

/// <summary>The watched limits that were crossed and are not lifted yet.</summary>
[Flags]
public enum LimitHits : byte
{
    None = 0,
    DailyLoss = 1,
    Drawdown = 2,
    LossStreak = 4,
}
