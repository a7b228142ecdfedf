using System.Collections.Immutable;
using System.Globalization;
using OrleansTrader.Core.Regimes;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Core.Accounts;

/// <summary>
/// Why the account did, or refused to do, something: the signal, its votes and every check with its numbers, or what made it sell without
/// a signal.
/// </summary>
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

    /// <summary>What the bars alone asked for, where the strategy's look at its position has changed that; null where it has not.</summary>
    public Direction? Before { get; init; }

    /// <summary>How the strategy failed when it looked at its position; null where it did not.</summary>
    public string? Problem { get; init; }

    /// <summary>What made the account sell; null where a signal decided.</summary>
    public SaleCause? Sale { get; init; }

    /// <summary>What the account did: buy, leave, sell a part, keep what is held, or refuse.</summary>
    public DecisionKind Kind => this switch
    {
        { Sale.Quantity: > 0 } => DecisionKind.Reduced,
        { Sale: not null } => DecisionKind.Left,
        { Refusal: not RefusalCode.None } or { Problem: not null } => DecisionKind.Refused,
        { Signal.Direction: Direction.Flat } => DecisionKind.Left,
        { Signal.Direction: Direction.Hold, Before: Direction.Flat } => DecisionKind.Kept,
        { Signal.Direction: Direction.Hold } => DecisionKind.Refused,
        _ => DecisionKind.Bought,
    };

    internal static Decision Of(in Signal signal, double price, RefusalCode refusal, in Grounds grounds, ImmutableArray<RiskCheck> checks, string strategy) =>
        new(signal, price, refusal, [.. grounds.Votes], checks, strategy) { Features = grounds.Features, Model = grounds.Model, Before = grounds.Before };

    /// <summary>One sentence in plain English, or two.</summary>
    public string Describe(string symbol)
    {
        var price = Price.ToString("0.########", CultureInfo.InvariantCulture);
        var market = Signal.Regime == MarketRegime.Unknown ? "" : $" in a market that is {Signal.Regime.Describe()}";
        if (Sale is { } sale)
            return sale.Quantity > 0
                ? string.Create(CultureInfo.InvariantCulture, $"Sells a part of {symbol}, {sale.Quantity:0.########}, at about {price}{market}: {sale.Describe(price)}.")
                : $"Left {symbol} at about {price}{market}: {sale.Describe(price)}.";

        var votes = Votes.IsDefaultOrEmpty ? "" : string.Join("; ", Votes.Select(vote => vote.Describe()));
        var (reasons, wanted) = votes.Length == 0 ? ("", "") : ($": {votes}", $" It was wanted because {votes}.");
        if (Problem is not null) return $"The strategy failed when it looked at its position in {symbol}, so that nothing of it is bought: {Problem.TrimEnd('.')}.";
        var failed = Checks.IsDefaultOrEmpty ? null : Checks.Where(check => !check.Passed).Select(check => check.Describe()).FirstOrDefault();
        var text = Signal.Direction switch
        {
            Direction.Flat => $"Left {symbol} at about {price}{market}{reasons}.",
            Direction.Long when Refusal == RefusalCode.None => $"Buys {symbol} at about {price}{market}{reasons}.",
            Direction.Long => $"Did not buy {symbol} at {price}{market}: {failed ?? Refusal.ToString()}.{wanted}",
            Direction.Add when Refusal == RefusalCode.None => $"Buys a part of {symbol} at about {price}{market}{reasons}.",
            Direction.Add => $"Did not buy a part of {symbol} at {price}{market}: {failed ?? Refusal.ToString()}.{wanted}",
            _ when Before == Direction.Flat => $"Kept {symbol} at about {price}{market}{reasons}.",
            _ when Before is not null => $"Did not buy {symbol} at {price}{market}{reasons}.",
            _ => $"Left {symbol} as it is.",
        };
        return Before is { } before ? $"{text} The strategy has looked at its position; by the bars alone it {Wish(before)}." : text;
    }

    private static string Wish(Direction direction) => direction switch
    {
        Direction.Long => "would have bought",
        Direction.Add => "would have bought more",
        Direction.Flat => "would have left",
        _ => "would have waited",
    };
}
