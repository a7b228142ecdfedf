using System.Collections.Immutable;
using System.Globalization;
using OrleansTrader.Core.Regimes;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Core.Accounts;

/// <summary>Why the account did, or refused to do, what a signal asked: the signal, its votes and every check with its numbers.</summary>
public sealed record Decision(
    Signal Signal,
    double Price,
    RefusalCode Refusal,
    ImmutableArray<Vote> Votes,
    ImmutableArray<RiskCheck> Checks,
    string Strategy = "")
{
    /// <summary>Hash of the figures that the signal was judged by, see <see cref="SymbolAnalyzer.HashFeatures"/>; empty where nobody made it.</summary>
    public string Features { get; init; } = "";

    /// <summary>Version of the model that spoke in the signal; empty where none did.</summary>
    public string Model { get; init; } = "";

    /// <summary>One sentence in plain English.</summary>
    public string Describe(string symbol)
    {
        var price = Price.ToString("0.########", CultureInfo.InvariantCulture);
        var votes = Votes.IsDefaultOrEmpty ? "" : string.Join("; ", Votes.Select(vote => vote.Describe()));
        var (reasons, wanted) = votes.Length == 0 ? ("", "") : ($": {votes}", $" It was wanted because {votes}.");
        var failed = Checks.IsDefaultOrEmpty ? null : Checks.Where(check => !check.Passed).Select(check => check.Describe()).FirstOrDefault();
        var market = Signal.Regime == MarketRegime.Unknown ? "" : $" in a market that is {Signal.Regime.Describe()}";
        return Signal.Direction switch
        {
            Direction.Flat => $"Left {symbol} at about {price}{market}{reasons}.",
            Direction.Long when Refusal == RefusalCode.None => $"Buys {symbol} at about {price}{market}{reasons}.",
            Direction.Long => $"Did not buy {symbol} at {price}{market}: {failed ?? Refusal.ToString()}.{wanted}",
            Direction.Add when Refusal == RefusalCode.None => $"Buys a part of {symbol} at about {price}{market}{reasons}.",
            Direction.Add => $"Did not buy a part of {symbol} at {price}{market}: {failed ?? Refusal.ToString()}.{wanted}",
            _ => $"Left {symbol} as it is.",
        };
    }
}
