using System.Globalization;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;

namespace OrleansTrader.Grains;

/// <summary>The facts that the owner should hear of, in words.</summary>
internal static class Notices
{
    /// <summary>Null for a fact of daily business.</summary>
    /// <param name="asset">The base currency of the fact's symbol; the symbol where that is not known.</param>
    /// <param name="terms">By which settings the account traded before; null where nobody knows.</param>
    /// <param name="rules">By which rules the fact's symbol was traded before; null where nobody knows.</param>
    /// <param name="isLive">The account lies at an exchange: what goes out of it was asked for elsewhere.</param>
    public static (string Level, string Text)? Of(in Fact fact, string? asset, string? terms, SymbolRules? rules, bool isLive) => fact.Kind switch
    {
        FactKind.AccountOpened => ("info", Text($"Account opened with {fact.Amount:0.##} in cash, bound to {fact.Market}.")),
        FactKind.TermsChanged => ("info", TermsNote.Of(terms, fact.Terms!)),
        FactKind.SymbolListed when rules is not null && RulesNote.Of(rules, fact.Rules!) is { } changed => ("warning", changed),
        FactKind.RunStateChanged when fact.Refusal != RefusalCode.None => ("alarm", $"The account is {fact.Run.ToString().ToLowerInvariant()} by its limit {fact.Refusal}; it waits for its owner."),
        FactKind.LimitHit => ("alarm", fact.Breach!.Describe()),
        FactKind.LimitLifted => ("info", $"The limit {fact.Refusal} is lifted and counts anew."),
        FactKind.LimitsChanged => ("info", fact.Limits!.Describe()),
        FactKind.LockSet when fact.Lock!.Reason is LockReason.Difference or LockReason.NotTraded => ("alarm", fact.Lock.Describe()),
        FactKind.LockSet => ("warning", fact.Lock!.Describe()),
        FactKind.LockLifted when fact.Lock!.Reason == LockReason.NotTraded => ("info", $"Lock {fact.Lock.Id} on {fact.Lock.Symbol}, which the exchange did not trade, is lifted."),
        FactKind.LockLifted => ("info", $"Lock {fact.Lock!.Id} on {fact.Lock.Symbol ?? "every symbol"} is lifted."),
        FactKind.KillSwitchPulled => ("alarm", "The kill switch is pulled: every position is left at the market, and none is opened."),
        FactKind.FundsMoved when fact.Amount < 0 => (isLive ? "warning" : "info", Text($"{-fact.Amount:0.##} was paid out.")),
        FactKind.FundsMoved => ("info", Text($"{fact.Amount:0.##} was paid in.")),
        FactKind.HoldingMoved when fact.Quantity > 0 => ("info", Text($"{fact.Quantity:0.########} {asset}, worth {fact.Amount:0.##}, came in as a holding of its owner.")),
        FactKind.HoldingMoved when fact.Quantity < 0 => (isLive ? "warning" : "info", Text($"{-fact.Quantity:0.########} {asset}, worth {-fact.Amount:0.##}, was taken out of the account.")),
        FactKind.HoldingMissing when fact.Quantity < 0 => ("info", Text($"{-fact.Quantity:0.########} {asset} came that had been missing.")),
        FactKind.HoldingMissing => ("alarm", Text($"{fact.Quantity:0.########} {asset} more went out than the account knew of; what it knew is booked, look at the exchange.")),
        FactKind.RebalanceRound => ("info", Text($"The account is being rebalanced, which costs about {fact.Amount:0.00}.")),
        FactKind.RebalanceEnded => ("info", "The account is rebalanced as far as its limits allow."),
        FactKind.AccountReset => ("info", Text($"The account began anew with {fact.Amount:0.##} in cash.")),
        FactKind.KillSwitchReleased => ("info", "The kill switch is released."),
        FactKind.RealMoney when fact.Amount > 0 => ("alarm", Text($"The account trades at an exchange; it opens positions only while it is armed, and for a day after the first arming none that costs more than {fact.Amount:0.##}.")),
        FactKind.RealMoney => ("alarm", "The account trades at an exchange; it opens positions only while it is armed."),
        FactKind.Armed => ("alarm", Text($"{fact.Command!.Who} has armed the account at {fact.Command.At:yyyy-MM-dd HH:mm:ss} UTC: it opens positions now.")),
        FactKind.Disarmed when fact.Command is { } by => ("info", Text($"{by.Who} has disarmed the account at {by.At:yyyy-MM-dd HH:mm:ss} UTC: it opens no positions.")),
        FactKind.Disarmed => ("info", "The kill switch has disarmed the account: once it is released, the account has to be armed anew."),
        FactKind.CommandGiven => ("info", fact.Command!.Describe()),
        FactKind.RunStateChanged => ("info", $"The account is {fact.Run.ToString().ToLowerInvariant()} from now on."),
        FactKind.OrderRejected when fact.Reason == RejectReason.DryRun => ("info", $"Dry run: order {fact.OrderId} for {fact.Symbol} was not sent."),
        FactKind.OrderRejected when fact.Reason == RejectReason.TooLate => ("warning", $"Order {fact.OrderId} for {fact.Symbol} was not sent: its bar is older than a minute."),
        FactKind.OrderRejected when fact.Reason == RejectReason.NeverArrived => ("warning", $"Order {fact.OrderId} for {fact.Symbol} never arrived at the exchange."),
        FactKind.OrderRejected => ("warning", $"The exchange refused order {fact.OrderId} for {fact.Symbol}: {fact.Reason}."),
        FactKind.OrderUnknown => ("alarm", $"The exchange has not confirmed order {fact.OrderId} for {fact.Symbol}; what became of it is being looked up."),
        FactKind.ProtectionLost when fact.Reason == RejectReason.NotInTime => ("alarm", $"The exchange did not confirm a stop for {fact.Symbol} in time; it is being sold at the market."),
        FactKind.ProtectionLost => ("alarm", $"{fact.Symbol} could not be protected ({fact.Reason}); it is being sold at the market."),
        FactKind.PositionLooked when fact is { Look: LookOutcome.Failed, Decision: { } decision } => ("alarm", decision.Describe(fact.Symbol!)),
        FactKind.DustLeft => ("info", Text($"{fact.Quantity:0.########} {asset} is too little to be sold and stays as dust.")),
        FactKind.DustTaken when fact.Exit == ExitReason.Dust => ("info", Text($"{fact.Quantity:0.########} {asset} is no dust any more and is being sold.")),
        _ => null,
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
