using OrleansTrader.Core.Accounts.Allocation;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Core.Accounts;

/// <summary>
/// Brings an account back to its targets in rounds: first what is sold, then, with the money that it brought, what is bought. A
/// purchase passes every check of an entry, a sale none.
/// </summary>
internal sealed class RebalanceDesk(Account account, EntryDesk desk, Settlement settlement)
{
    /// <summary>Prices move between the rounds, so that more of them would only trade to and fro.</summary>
    private const int MostRounds = 3;

    private AllocationTargets _targets = new();

    private AccountState State => account.State;

    public void Use(AllocationTargets targets) => _targets = targets;

    public RebalancePlan Plan() => Rebalancer.Plan(State, _targets);

    /// <summary>Trades the first round; does nothing where the plan has no trades or costs too much.</summary>
    public void Begin(DateTime time, RiskLimits limits)
    {
        if (State.RebalanceRound == 0) Trade(Plan(), time, limits);
    }

    /// <summary>Once no order of the round before is under way: trades the next, or ends.</summary>
    public void GoOn(DateTime time, RiskLimits limits)
    {
        if (State.RebalanceRound == 0) return;
        var plan = Plan();
        if (plan.Legs.Any(leg => leg.Hold == LegHold.Busy)) return;
        if (State.RebalanceRound < MostRounds && Trade(plan, time, limits)) return;
        account.Raise(new Fact { Kind = FactKind.RebalanceEnded, Time = time });
    }

    private bool Trade(RebalancePlan plan, DateTime time, RiskLimits limits)
    {
        if (!plan.HasTrades || plan.IsTooDear || State.Run == RunState.Stopped) return false;
        var asked = account.Requests.Length;
        account.Raise(new Fact { Kind = FactKind.RebalanceRound, Time = time, Amount = plan.Cost });
        var sells = false;
        foreach (var leg in plan.Legs)
        {
            if (leg is not { Hold: LegHold.None, Side: OrderSide.Sell }) continue;
            sells = true;
            settlement.Reduce(PositionOf(leg), leg.Quantity, ExitReason.Rebalance, time);
        }

        if (!sells)
        {
            foreach (var leg in plan.Legs)
                if (leg is { Hold: LegHold.None, Side: OrderSide.Buy })
                    desk.Enter(PositionOf(leg), time, new Signal(Direction.Add, 1, double.NaN, double.NaN), [], limits, default, leg.Amount);
        }

        return account.Requests.Length > asked;
    }

    private Position PositionOf(RebalanceLeg leg) => State.Positions[Ledger.SlotOf(State, leg.Symbol)];
}
