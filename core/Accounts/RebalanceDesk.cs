using OrleansTrader.Core.Accounts.Allocation;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Core.Accounts;

/// <summary>
/// Brings an account back to its targets in rounds: first what is sold, then, among the decisions of a step and with the money that the
/// sales brought, what is bought. A purchase passes every check of an entry, a sale none.
/// </summary>
internal sealed class RebalanceDesk(Account account, EntryDesk desk, Settlement settlement)
{
    /// <summary>Prices move between the rounds, so that more of them would only trade to and fro.</summary>
    private const int MostRounds = 3;

    /// <summary>Of what a decision says that a symbol had of the account.</summary>
    private const int ShareDecimals = 6;

    private AllocationTargets _targets = new();

    private AccountState State => account.State;

    public void Use(AllocationTargets targets) => _targets = targets;

    /// <summary>Sells what is too much; does nothing where the plan has no trades or costs too much.</summary>
    public void Begin(DateTime time)
    {
        if (State.RebalanceRound > 0 || State.Run == RunState.Stopped) return;
        var plan = Rebalancer.Plan(State, _targets);
        if (!plan.HasTrades || plan.IsTooDear) return;
        account.Raise(new Fact { Kind = FactKind.RebalanceRound, Time = time, Amount = plan.Cost });
        Sell(plan, time);
    }

    /// <summary>
    /// Goes on among the decisions of a step, once no order of the round before is under way: buys what is missing, or sells again what
    /// has become too much, or ends.
    /// </summary>
    /// <param name="marketOf">What is known of a symbol beside its bars, null of one without a bar in this step, which is not bought; null where nobody asks.</param>
    public void GoOn(DateTime time, RiskLimits limits, Func<string, EntryMarket?>? marketOf)
    {
        if (State.RebalanceRound == 0) return;
        var plan = Rebalancer.Plan(State, _targets);
        if (plan.Legs.Any(leg => leg.Hold == LegHold.Busy)) return;
        if (State.RebalanceRound <= MostRounds && plan is { HasTrades: true, IsTooDear: false } && State.Run != RunState.Stopped)
        {
            var asked = account.Requests.Length;
            account.Raise(new Fact { Kind = FactKind.RebalanceRound, Time = time, Amount = plan.Cost });
            // A sale need not ask for anything yet: its stop may be on its way out already.
            if (Sell(plan, time)) return;
            Buy(plan, time, limits, marketOf);
            if (account.Requests.Length > asked) return;
        }

        account.Raise(new Fact { Kind = FactKind.RebalanceEnded, Time = time });
    }

    private bool Sell(RebalancePlan plan, DateTime time)
    {
        var sells = false;
        foreach (var leg in plan.Legs)
        {
            if (leg is not { Hold: LegHold.None, Side: OrderSide.Sell }) continue;
            sells = true;
            settlement.Reduce(PositionOf(leg), leg.Quantity, new SaleCause(ExitReason.Rebalance) { Value = Math.Round(leg.Share, ShareDecimals), Limit = leg.Target }, time);
        }

        return sells;
    }

    private void Buy(RebalancePlan plan, DateTime time, RiskLimits limits, Func<string, EntryMarket?>? marketOf)
    {
        foreach (var leg in plan.Legs)
        {
            if (leg is not { Hold: LegHold.None, Side: OrderSide.Buy }) continue;
            if ((marketOf is null ? default(EntryMarket) : marketOf(leg.Symbol)) is { } market)
                desk.Enter(PositionOf(leg), time, new Signal(Direction.Add, 1, double.NaN, double.NaN), default, limits, in market, leg.Amount);
        }
    }

    private Position PositionOf(RebalanceLeg leg) => State.Positions[Ledger.SlotOf(State, leg.Symbol)];
}
