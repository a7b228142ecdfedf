namespace OrleansTrader.Core.Accounts;

/// <summary>Whether an account that trades real money may open positions. Facts alone change it.</summary>
public sealed record Arming
{
    /// <summary>How long an entry is bound after the first arming.</summary>
    public static readonly TimeSpan FirstDay = TimeSpan.FromHours(24);

    /// <summary>What an entry may cost on the first day, quote currency; 0 for no such bound.</summary>
    public decimal FirstDayValue { get; init; }

    public bool IsArmed { get; init; }

    /// <summary>When it was armed last, UTC by the clock on the wall; the default value before.</summary>
    public DateTime ArmedAt { get; init; }

    /// <summary>Who armed it last; empty before.</summary>
    public string ArmedBy { get; init; } = "";

    /// <summary>From which step on entries are bound no more, UTC; the default value before the first arming.</summary>
    public DateTime FirstDayEnds { get; init; }

    /// <summary>What an entry of the step may cost at the most, quote currency; 0 for no bound.</summary>
    public decimal MostAt(DateTime step) => step < FirstDayEnds ? FirstDayValue : 0;
}
