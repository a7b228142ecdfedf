using System.Runtime.InteropServices;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;

namespace OrleansTrader.Core.Accounts;

/// <summary>How far an account has come in the step of <see cref="AccountState.StepTime"/>.</summary>
public enum StepPhase : byte
{
    /// <summary>Reports of the step's bars are booked; its decisions may be missing.</summary>
    Settling,

    /// <summary>Its decisions are made: the step is done.</summary>
    Decided,
}

/// <summary>
/// Everything an account is. Only <see cref="Ledger"/> changes it, by applying facts; the marks (latest prices, equity,
/// step time) are not facts, since the bars bring them again.
/// </summary>
public sealed class AccountState
{
    public string Name { get; set; } = "";

    /// <summary>Identity of the market source that the account is bound to for life.</summary>
    public string Market { get; set; } = "";

    public Interval Interval { get; set; }

    /// <summary>The number of the latest fact that is applied; 0 before the first.</summary>
    public long Sequence { get; set; }

    /// <summary>Close time of the latest step that the account took part in, UTC; the default value before the first.</summary>
    public DateTime StepTime { get; set; }

    public StepPhase StepPhase { get; set; }

    public RunState Run { get; set; }

    /// <summary>The settings that it trades by, as its owner names them; empty where nobody keeps them, as in a backtest.</summary>
    public string Terms { get; set; } = "";

    /// <summary>The strategy that trades; empty where nobody said.</summary>
    public string Strategy { get; set; } = "";

    public decimal StartCash { get; set; }

    /// <summary>What was paid in since, less what was paid out, quote currency.</summary>
    public decimal Flows { get; set; }

    /// <summary>Quote currency owned, what orders hold back included.</summary>
    public decimal Cash { get; set; }

    /// <summary>The part of <see cref="Cash"/> that open orders hold back.</summary>
    public decimal Reserved { get; set; }

    public decimal Fees { get; set; }

    /// <summary>The part of <see cref="Fees"/> that was taken out of <see cref="Cash"/> in the books, and in another asset by the exchange, quote currency: so much more of it is there.</summary>
    public decimal PaidElsewhere { get; set; }

    public long NextOrderId { get; set; } = 1;

    public long LastTradeId { get; set; }

    /// <summary>The highest number of a payment in or out that is booked; coins count as payments.</summary>
    public long LastFlowId { get; set; }

    /// <summary>The numbers of the latest payments that are booked.</summary>
    public FlowNumbers BookedFlows { get; set; } = new();

    /// <summary>The round of the rebalancing that is under way; 0 while none is.</summary>
    public int RebalanceRound { get; set; }

    /// <summary>One for each symbol ever listed, in the order of listing; an index into it is a slot.</summary>
    public List<Position> Positions { get; set; } = [];

    public List<OpenOrder> Orders { get; set; } = [];

    /// <summary>Trades booked on orders that are still open, to know a report that comes twice.</summary>
    public List<BookedTrade> BookedTrades { get; set; } = [];

    public EquityWatch Equity { get; set; } = new();

    /// <summary>What the limits need to remember.</summary>
    public RiskRecord Risk { get; set; } = new();

    /// <summary>Whether it may open positions with real money; null where its money is not real.</summary>
    public Arming? Arming { get; set; }

    /// <summary>Nothing held but dust, and nothing working.</summary>
    public bool IsIdle => Orders.Count == 0 && Positions.TrueForAll(position => position.IsIdle);

    public decimal FreeCash => Exact.Minus(Cash, Reserved);

    /// <summary>What its owner's coins are worth at the latest closes, quote currency.</summary>
    public decimal ExternalValue
    {
        get
        {
            var value = 0m;
            foreach (var position in CollectionsMarshal.AsSpan(Positions)) value += position.ExternalValue;
            return value;
        }
    }

    /// <summary>Cash plus positions and its owner's coins at the latest closes, quote currency.</summary>
    public decimal EquityValue
    {
        get
        {
            var equity = Cash;
            foreach (var position in CollectionsMarshal.AsSpan(Positions))
            {
                if (!position.IsEmpty) equity = Exact.Plus(equity, position.Value);
                if (!Exact.IsZero(position.External)) equity = Exact.Plus(equity, position.ExternalValue);
            }

            return equity;
        }
    }

    /// <summary>
    /// The time after which the account wants its next step, UTC. A step whose bars are booked but not decided comes again:
    /// an order meets each bar once, so booking it again changes nothing.
    /// </summary>
    public DateTime ResumeAfter => StepPhase == StepPhase.Decided ? StepTime : BeforeStep;

    /// <summary>The last moment before <see cref="StepTime"/>.</summary>
    public DateTime BeforeStep => StepTime == default ? default : StepTime.AddTicks(-1);

    /// <summary>A copy that shares nothing mutable with the original.</summary>
    public AccountState Copy()
    {
        var copy = (AccountState)MemberwiseClone();
        copy.Positions = [.. Positions.Select(position => position.Copy())];
        copy.Orders = [.. Orders];
        copy.BookedTrades = [.. BookedTrades];
        copy.BookedFlows = BookedFlows.Copy();
        copy.Equity = Equity.Copy();
        copy.Risk = Risk.Copy();
        return copy;
    }
}
