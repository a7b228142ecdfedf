using System.Globalization;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Risk;

/// <summary>One check of an entry with the numbers that decided it.</summary>
/// <param name="Value">What was measured; <see cref="Unknown"/> where nobody knows, and then the check passes.</param>
/// <param name="Limit">What it was held against.</param>
public readonly record struct RiskCheck(RefusalCode Code, decimal Value, decimal Limit, bool Passed)
{
    /// <summary>Stands for a value that nobody knows; no measure of a check can be so low.</summary>
    public const decimal Unknown = -1_000_000_000;

    public string Describe() => Value == Unknown ? $"{NameOf(Code)} is not known, which passes" : Code switch
    {
        RefusalCode.KillSwitch => Passed ? "the kill switch is not pulled" : "the kill switch is pulled",
        RefusalCode.NotRunning => Passed ? "the account is running" : "the account takes no new positions (paused or stopped)",
        RefusalCode.NotArmed => Passed ? "the account is armed" : "the account trades at an exchange and is not armed",
        RefusalCode.FirstDay => Text($"an entry may cost {Value:0.00} on the first day, at least {Limit:0.00} needed"),
        RefusalCode.StoreAway => Passed ? "the journal is where it belongs" : "the database of the journal is away",
        RefusalCode.StaleData => Text($"the latest data is {Counted.Of(Value, "second")} old, {Limit:0} allowed"),
        RefusalCode.SymbolHalted => Passed ? "the exchange trades the symbol" : "the exchange does not trade the symbol now",
        RefusalCode.Cooldown => Text($"{Counted.Of(Value, "bar")} since the last exit, {Limit:0} needed"),
        RefusalCode.Locked when Value == EntryRequest.UntilLifted => "locked until its owner lifts the lock",
        RefusalCode.Locked => Passed ? "no lock holds" : Text($"locked for another {Counted.Of(Value, "bar")}"),
        RefusalCode.DailyLoss => Passed || Value >= Limit
            ? Text($"the day has lost {Math.Max(0, Value) * 100:0.00} % of its equity, {Limit * 100:0.00} % ends it")
            : Text($"the day has lost {Limit * 100:0.00} % of its equity before, which has ended it"),
        RefusalCode.Drawdown => Passed || Value >= Limit
            ? Text($"the equity is {Value * 100:0.00} % below its peak, {Limit * 100:0.00} % is the limit")
            : Text($"the equity has fallen {Limit * 100:0.00} % from its peak before, and nobody has lifted that limit"),
        RefusalCode.LossStreak => Text($"{Counted.Of(Value, "trade has", "trades in a row have")} lost, {Counted.Of(Limit, "is", "are")} the limit"),
        RefusalCode.TradesPerDay => Text($"{Counted.Of(Value, "entry", "entries")} today, {Limit:0} allowed"),
        RefusalCode.TooManyPositions => Text($"{Counted.Of(Value, "position")} open, {Limit:0} allowed"),
        RefusalCode.SymbolExposure => Text($"{Value:0.00} in the symbol already, {Limit:0.00} allowed"),
        RefusalCode.TotalExposure => Text($"{Value:0.00} in all positions and entries, {Limit:0.00} allowed"),
        RefusalCode.Correlation => Text($"{Value:0.00} in positions that move with it, {Limit:0.00} allowed"),
        RefusalCode.Spread => Text($"the spread is {Value * 10_000:0.0} bps, {Limit * 10_000:0.0} allowed"),
        RefusalCode.Liquidity => Text($"{Value:0.00} are offered at the best price, {Limit:0.00} needed"),
        RefusalCode.StopOnWrongSide => Text($"stop {Value:0.########} must lie below the price {Limit:0.########}"),
        RefusalCode.NoCash => Text($"{Value:0.00} of cash is free"),
        RefusalCode.NoEdge => Text($"{Value:0.00} is what the odds justify, more than {Limit:0.00} needed"),
        RefusalCode.BelowMinNotional => Text($"an order worth {Value:0.00} after costs, at least {Limit:0.00} needed"),
        RefusalCode.BelowStep => Text($"{Value:0.########} after costs, at least one step of {Limit:0.########} needed"),
        RefusalCode.RewardToRisk => Text($"the target pays {Value:0.00} times the risk, at least {Limit:0.00} needed"),
        _ => "no check",
    };

    private static string NameOf(RefusalCode code) => code switch
    {
        RefusalCode.SymbolHalted => "whether the exchange trades the symbol",
        RefusalCode.Correlation => "what moves with it",
        RefusalCode.Spread => "the spread",
        RefusalCode.Liquidity => "what is offered at the best price",
        RefusalCode.RewardToRisk => "the reward to the risk of a trade without a stop",
        RefusalCode.NoEdge => "the chance to win",
        _ => "this",
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
