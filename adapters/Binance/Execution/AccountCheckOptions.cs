using System.ComponentModel.DataAnnotations;

namespace OrleansTrader.Adapters.Binance.Execution;

/// <summary>What is asked of an account and its API key before it trades.</summary>
public sealed record AccountCheckOptions
{
    /// <summary>True takes a key that may withdraw. Default false.</summary>
    public bool AllowsWithdrawal { get; init; }

    /// <summary>False where the exchange cannot tell what a key may do. Default true.</summary>
    public bool AsksRights { get; init; } = true;

    /// <summary>By how many seconds the clock of this machine may differ from the exchange's: the age of data is told by it. Default 10; 0 for any, of which more than 10 is advised against.</summary>
    [Range(0, 3_600)]
    public int ClockSeconds { get; init; } = 10;

    /// <summary>What to do about a clock that differs by more, as the end of a sentence.</summary>
    public string ClockRemedy { get; init; } = "set it by NTP and start again";
}
