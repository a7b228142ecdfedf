using System.Globalization;
using OrleansTrader.Core.Accounts.Allocation;

namespace OrleansTrader.Api;

/// <summary>What a rebalancing would trade, quote currency.</summary>
/// <param name="Cost">Fees and slippage of all trades, about.</param>
/// <param name="MaxCost">What they may be; nothing is traded beyond it.</param>
/// <param name="Text">Whether it would be done, in a sentence.</param>
public sealed record RebalanceAnswer(decimal Equity, decimal Cost, decimal MaxCost, bool WouldTrade, string Text, RebalanceLegAnswer[] Legs)
{
    internal static RebalanceAnswer Of(RebalancePlan plan)
    {
        var trades = plan is { HasTrades: true, IsTooDear: false };
        var text = trades
            ? string.Create(CultureInfo.InvariantCulture, $"{plan.Legs.Count(leg => leg.Hold == LegHold.None)} symbols would be traded, for about {plan.Cost:0.00}. What is bought of a symbol that is not held has no stop.")
            : WhyNot(plan);
        return new RebalanceAnswer(
            plan.Equity,
            plan.Cost,
            plan.MaxCost,
            trades,
            text,
            [.. plan.Legs.Select(leg => new RebalanceLegAnswer(leg.Symbol, leg.Target, leg.Share, leg.Value, leg.Hold == LegHold.None ? leg.Amount : 0, leg.Side == Core.Market.OrderSide.Sell, leg.Cost, leg.Describe()))]);
    }

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
