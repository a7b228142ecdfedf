namespace OrleansTrader.Core.Accounts;

/// <summary>What payments in and out, a new beginning and a rebalancing do to an account: none of them is a profit or a loss.</summary>
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
            case FactKind.AccountReset: Reset(state, in fact); break;
            case FactKind.RebalanceRound: state.RebalanceRound++; break;
            case FactKind.RebalanceEnded: state.RebalanceRound = 0; break;
            default: return false;
        }

        return true;
    }

    /// <summary>What limits count from grows with the equity, so that a payment neither hides a loss nor makes one.</summary>
    private static void Move(AccountState state, in Fact fact)
    {
        state.Cash += fact.Amount;
        state.Flows += fact.Amount;
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
            position.Dust = position.DustCost = 0;
            position.LastExitTime = default;
            position.LastRefusal = default;
            position.Tally.Clear();
            position.Record = new SymbolRecord();
            position.Record.Equity.Begin((double)fact.Amount);
        }
    }
}
