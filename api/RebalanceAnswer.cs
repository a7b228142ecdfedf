using System.Globalization;
using OrleansTrader.Core.Accounts.Allocation;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;
using OrleansTrader.GrainInterfaces.Views;

namespace OrleansTrader.Api;

/// <summary>What a rebalancing would trade, quote currency; what is worked out from shares and prices is rounded to 8 decimals, shares to 6.</summary>
/// <param name="Cost">Fees and slippage of all trades, about.</param>
/// <param name="MaxCost">What they may be; nothing is traded beyond it.</param>
/// <param name="Text">Whether it would be done, in a sentence.</param>
public sealed record RebalanceAnswer(decimal Equity, decimal Cost, decimal MaxCost, bool WouldTrade, string Text, RebalanceLegAnswer[] Legs)
{
    private const int MoneyDecimals = 8;
    private const int ShareDecimals = 6;

    /// <summary>Why nothing of it, or less, will be bought, in a sentence; null where all of it may be.</summary>
    public string? Caution { get; init; }

    /// <param name="limits">Which purchases pass as every entry does.</param>
    internal static RebalanceAnswer Of(RebalancePlan plan, PortfolioView account, RiskLimits limits)
    {
        var trades = plan is { HasTrades: true, IsTooDear: false };
        var count = plan.Legs.Count(leg => leg.Hold == LegHold.None);
        var text = trades
            ? string.Create(CultureInfo.InvariantCulture, $"{Counted.Of(count, "symbol")} would be traded, which costs about {plan.Cost:0.00}. What is bought of a symbol that is not held has no stop.")
            : WhyNot(plan);
        var caution = trades && plan.Legs.Any(leg => leg is { Hold: LegHold.None, Side: OrderSide.Buy }) ? CautionOf(account) ?? CautionOf(plan, limits) : null;
        if (caution is not null) text = $"{text} {caution}";
        return new RebalanceAnswer(
            Money(plan.Equity),
            Money(plan.Cost),
            Money(plan.MaxCost),
            trades,
            text,
            [.. plan.Legs.Select(leg => new RebalanceLegAnswer(leg.Symbol, leg.Target, Math.Round(leg.Share, ShareDecimals), leg.Value, leg.Hold == LegHold.None ? Money(leg.Amount) : 0, leg.Side == OrderSide.Sell, Money(leg.Cost), leg.Describe()))])
        {
            Caution = caution,
        };
    }

    private static string? CautionOf(PortfolioView account) => account switch
    {
        { IsKilled: true } => "Nothing will be bought: the kill switch is pulled.",
        { Run: RunState.Paused } => "Nothing will be bought: the account is paused.",
        { Run: RunState.Stopped } => "Nothing will be traded: the account is stopped.",
        _ => null,
    };

    private static string? CautionOf(RebalancePlan plan, RiskLimits limits)
    {
        string[] beyond = [.. plan.Legs.Where(leg => leg is { Hold: LegHold.None, Side: OrderSide.Buy } && leg.Target > limits.MaxPositionShare).Select(leg => leg.Symbol)];
        return beyond.Length == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"No more than {100 * limits.MaxPositionShare:0.##} % of the account is bought of {string.Join(" and ", beyond)}: the limit Risk:MaxPositionShare.");
    }

    private static decimal Money(decimal value) => Math.Round(value, MoneyDecimals);

    internal static string WhyNot(RebalancePlan plan) => plan switch
    {
        { Legs.IsEmpty: true } => "No symbol has a target; set Allocation:Targets:BTCUSDT=0.4 and start again.",
        { HasTrades: false } => "Nothing is to be traded.",
        { IsTooDear: true } => string.Create(CultureInfo.InvariantCulture, $"It would cost {plan.Cost:0.00}, and {plan.MaxCost:0.00} is allowed (Allocation:MaxCost)."),
        _ => "A rebalancing is under way, or the account is stopped.",
    };
}

/// <summary>One symbol of it.</summary>
/// <param name="Target">The share of the equity that it is to have.</param>
/// <param name="Share">The share that it has.</param>
/// <param name="Amount">What would be traded; 0 for nothing.</param>
public sealed record RebalanceLegAnswer(string Symbol, decimal Target, decimal Share, decimal Value, decimal Amount, bool Sells, decimal Cost, string Text);
