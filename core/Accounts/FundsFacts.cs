namespace OrleansTrader.Core.Accounts;

/// <summary>What payments in and out, of money or coins, a new beginning and a rebalancing do to an account: none of them is a profit or a loss.</summary>
internal static class FundsFacts
{
    /// <summary>Decimals to which what limits count from is rounded, in quote currency.</summary>
    private const int Decimals = 8;

    /// <summary>False for a fact that says nothing about funds.</summary>
    public static bool TryApply(AccountState state, in Fact fact)
    {
        switch (fact.Kind)
        {
            case FactKind.FundsMoved: Move(state, in fact); break;
            case FactKind.HoldingMoved: MoveHolding(state, in fact); break;
            case FactKind.HoldingMissing: state.Positions[Ledger.SlotOf(state, fact.Symbol!)].Missing += fact.Quantity; break;
            case FactKind.AccountReset: Reset(state, in fact); break;
            case FactKind.RebalanceRound: state.RebalanceRound++; break;
            case FactKind.RebalanceEnded: state.RebalanceRound = 0; break;
            default: return false;
        }

        return true;
    }

    private static void Move(AccountState state, in Fact fact)
    {
        state.Cash += fact.Amount;
        Flow(state, in fact);
    }

    private static void MoveHolding(AccountState state, in Fact fact)
    {
        var position = state.Positions[Ledger.SlotOf(state, fact.Symbol!)];
        if (fact.Quantity >= 0)
        {
            position.External += fact.Quantity;
            position.ExternalPaid += fact.Amount;
        }
        else
        {
            TakeHolding(state, position, in fact);
        }

        Flow(state, in fact);
    }

    /// <summary>The owner's own first; what goes beyond is sold by the account, without a fee, and paid out.</summary>
    private static void TakeHolding(AccountState state, Position position, in Fact fact)
    {
        var own = Math.Min(position.External, -fact.Quantity);
        position.External -= own;
        position.ExternalPaid -= own * fact.Price;
        var sold = -fact.Quantity - own;
        if (sold == 0) return;
        var value = sold * fact.Price;
        var held = position.Quantity;
        FillBooking.Sell(state, position, fact with { Quantity = sold, Exit = ExitReason.External }, value);
        state.Cash -= value;
        // The same part of what is left.
        if (position.Reduction > 0) position.Reduction = position.Rules.FloorToStep(position.Reduction * position.Quantity / held);
    }

    /// <summary>What limits count from grows with the equity, so that a payment neither hides a loss nor makes one.</summary>
    private static void Flow(AccountState state, in Fact fact)
    {
        state.Flows += fact.Amount;
        // An account from before numbers were remembered knows the highest alone.
        if (state.BookedFlows.Latest.Count == 0) state.BookedFlows.Floor = Math.Max(state.BookedFlows.Floor, state.LastFlowId);
        state.BookedFlows.Add(fact.TradeId);
        state.LastFlowId = Math.Max(state.LastFlowId, fact.TradeId);
        state.LastTradeId = Math.Max(state.LastTradeId, fact.TradeId);
        var after = fact.Equity + fact.Amount;
        if (fact.Equity <= 0 || after <= 0)
        {
            state.Equity.Begin((double)after);
            if (state.Risk.Peak > 0) state.Risk.Peak = (double)after;
            state.Risk.DayEquity = after;
            return;
        }

        var growth = (double)(after / fact.Equity);
        state.Equity.Latest = (double)after;
        state.Equity.Peak *= growth;
        state.Risk.Peak *= growth;
        state.Risk.DayEquity = decimal.Round(state.Risk.DayEquity * after / fact.Equity, Decimals);
    }

    private static void Reset(AccountState state, in Fact fact)
    {
        state.StartCash = state.Cash = fact.Amount;
        state.Reserved = state.Fees = state.Flows = 0;
        state.Equity = new EquityWatch();
        state.Equity.Begin((double)fact.Amount);
        state.RebalanceRound = 0;
        // What its owner has set is not of the money that was lost.
        state.Risk = new RiskRecord
        {
            IsKilled = state.Risk.IsKilled,
            NextLock = state.Risk.NextLock,
            Limits = state.Risk.Limits,
            Configured = state.Risk.Configured,
            Changes = state.Risk.Changes,
        };
        foreach (var position in state.Positions)
        {
            position.Dust = position.DustCost = position.External = position.ExternalPaid = position.Missing = 0;
            position.LastExitTime = default;
            position.LastRefusal = default;
            position.LastLook = default;
            position.Tally.Clear();
            position.Record = new SymbolRecord();
            position.Record.Equity.Begin((double)fact.Amount);
        }
    }
}
