using System.Runtime.CompilerServices;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;

namespace OrleansTrader.Core.Accounts;

/// <summary>Why a position was left.</summary>
public enum ExitReason : byte
{
    None,
    Signal,
    Stop,
    Target,

    /// <summary>Its protection could not be placed, so it was sold at the market.</summary>
    ProtectionLost,

    /// <summary>It was too little to be sold before, and its price has risen since.</summary>
    Dust,

    /// <summary>A limit on losses was crossed that leaves every position.</summary>
    Limit,

    /// <summary>Its owner has pulled the kill switch.</summary>
    KillSwitch,

    /// <summary>At the stop, after it had followed the price.</summary>
    Trailing,

    /// <summary>At the stop, after it had been put where the sale pays back entry and fees.</summary>
    BreakEven,

    /// <summary>It had not gained enough in its time.</summary>
    TimeStop,

    /// <summary>A part was sold because the price had gained enough.</summary>
    Partial,

    /// <summary>It had too large a share of the account.</summary>
    Rebalance,

    /// <summary>Its owner has taken it away, by hand.</summary>
    External,
}

/// <summary>One symbol of an account: what is held, what works for it, and what it has brought so far.</summary>
public sealed class Position
{
    public string Symbol { get; set; } = "";

    public SymbolRules Rules { get; set; } = null!;

    /// <summary>The rules by which its protection was placed, where they have changed since; null while it is of <see cref="Rules"/>, and without one.</summary>
    public SymbolRules? RestingRules { get; set; }

    /// <summary>Base currency held, without dust.</summary>
    public decimal Quantity
    {
        get;
        set
        {
            field = value;
            // Asked for each bar, where comparing a decimal with zero would cost as much as an indicator.
            IsHeld = Exact.IsPositive(value);
        }
    }

    /// <summary>Quote currency paid for <see cref="Quantity"/>, entry fees included.</summary>
    public decimal Cost { get; set; }

    /// <summary>Base currency too little to be sold; joins the next position.</summary>
    public decimal Dust { get; set; }

    public decimal DustCost { get; set; }

    /// <summary>Stop price of the trade, by the rules of when it was put; 0 when it has no protection by design.</summary>
    public decimal Stop { get; set; }

    public decimal Target { get; set; }

    /// <summary>The number of the open order with that purpose; 0 when there is none.</summary>
    public long EntryOrderId { get; set; }

    public long ProtectionOrderId { get; set; }

    public long ExitOrderId { get; set; }

    /// <summary>Why the position is being sold at the market; <see cref="ExitReason.None"/> while it is not.</summary>
    public ExitReason Leaving { get; set; }

    public DateTime EntryTime { get; set; }

    /// <summary>UTC; the default value if the symbol was never left.</summary>
    public DateTime LastExitTime { get; set; }

    /// <summary>The code of the latest refused entry, so that the same refusal is written once and not each bar.</summary>
    public RefusalCode LastRefusal { get; set; }

    /// <summary>The trade under way: bought and sold so far.</summary>
    public TradeTally Tally { get; set; } = new();

    public SymbolRecord Record { get; set; } = new();

    /// <summary>The latest close; 0 before the first.</summary>
    public double Mark { get; set; }

    /// <summary>The stop with which the trade began, from which its risk counts; 0 without one, and in trades from before it was kept.</summary>
    public decimal FirstStop { get; set; }

    /// <summary>What has raised the stop last; <see cref="ExitReason.None"/> while it is where the trade began.</summary>
    public ExitReason StopRaisedBy { get; set; }

    /// <summary>Base currency that is to be sold as a part once the exchange has given it free; by the rules of when that was decided.</summary>
    public decimal Reduction { get; set; }

    /// <summary>Why a part is being sold.</summary>
    public ExitReason ReducedBy { get; set; } = ExitReason.Partial;

    /// <summary>Parts of the trade that were sold on the way up, or are being sold.</summary>
    public int PartsTaken { get; set; }

    public long ReductionOrderId { get; set; }

    /// <summary>Since when it lacks a confirmed stop over all that is held, UTC, by what the exchange reported; the default value while it does not, and without a stop by design.</summary>
    public DateTime UnprotectedSince
    {
        get;
        set
        {
            field = value;
            IsUnprotected = value != default;
        }
    }

    /// <summary>How long it lacked one before that, in this trade.</summary>
    public TimeSpan Unprotected { get; set; }

    /// <summary>Its orders of which nobody knows whether they arrived.</summary>
    public int OrdersInDoubt { get; set; }

    /// <summary>Base currency that is its owner's, beside what the account has bought: no order of the account sells or protects it.</summary>
    public decimal External { get; set; }

    /// <summary>Quote currency: what came of <see cref="External"/> in all, less what went again, each at its value then.</summary>
    public decimal ExternalPaid { get; set; }

    /// <summary>Base currency that went out without being known of; the next that comes in makes up for it.</summary>
    public decimal Missing { get; set; }

    /// <summary>What was written down last of its strategy's look at it, so that the same is written once and not each bar.</summary>
    public LookOutcome LastLook { get; set; }

    public bool IsHeld { get; private set; }

    public bool IsUnprotected { get; private set; }

    public PositionState State => this switch
    {
        { OrdersInDoubt: > 0 } => PositionState.Unknown,
        { IsDust: true } => PositionState.Dust,
        { IsIdle: true } => PositionState.Closed,
        _ when Leaving != ExitReason.None || ExitOrderId != 0 => PositionState.Closing,
        _ when EntryOrderId != 0 => PositionState.Opening,
        _ when ReductionOrderId != 0 || HasPart => PositionState.Reducing,
        _ when Exact.IsPositive(Stop) && !IsUnprotected => PositionState.Protected,
        _ => PositionState.Open,
    };

    /// <summary>The way from the entry down to the first stop, quote currency for each of the base currency; 0 or less where there is none.</summary>
    internal decimal Risk => Tally.EntryPrice - (Exact.IsPositive(FirstStop) ? FirstStop : Stop);

    /// <summary>Nothing owned, not even dust.</summary>
    public bool IsEmpty => !IsHeld && Exact.IsZero(Dust);

    /// <summary>Nothing held and nothing working, but something left that no order could carry.</summary>
    public bool IsDust => IsIdle && !Exact.IsZero(Dust);

    /// <summary>Nothing held and nothing working.</summary>
    public bool IsIdle => !IsHeld && EntryOrderId == 0;

    /// <summary>Neither being bought nor being left, nor a part of it, so that an entry may add to what is held, or begin.</summary>
    public bool CanGrow => (EntryOrderId | ReductionOrderId) == 0 && Leaving == ExitReason.None && !HasPart;

    /// <summary>Held, meant to be protected or left, and no order works on it.</summary>
    public bool IsExposed
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => IsHeld && (ProtectionOrderId | ExitOrderId | ReductionOrderId) == 0 && (Exact.IsPositive(Stop) || Leaving != ExitReason.None);
    }

    public decimal TotalQuantity => Exact.Plus(Quantity, Dust);

    public decimal TotalCost => Exact.Plus(Cost, DustCost);

    /// <summary>Price of the latest close on a tick.</summary>
    public decimal MarkPrice => Rules.RoundToTick(Mark);

    /// <summary>Quote currency, at the latest close.</summary>
    public decimal Value => IsEmpty ? 0 : Exact.Product(TotalQuantity, MarkPrice);

    /// <summary>Quote currency, at the latest close.</summary>
    public decimal ExternalValue => Exact.IsZero(External) ? 0 : Exact.Product(External, MarkPrice);

    /// <summary>Quote currency, at the latest close, entry fees taken off.</summary>
    public decimal OpenPnl => IsEmpty ? 0 : Exact.Minus(Value, TotalCost);

    /// <summary>True while a part is to be sold that an order can carry.</summary>
    internal bool HasPart => Exact.IsPositive(Rules.FloorToStep(Reduction));

    /// <summary>The target on a tick, rounded up; 0 for none.</summary>
    internal decimal TargetOnTick => Rules.IsOnTick(Target) ? Target : Rules.RoundUpToTick((double)Target);

    /// <summary>The stop on a tick of these rules, rounded down; never 0, which would be no stop at all.</summary>
    internal decimal StopOn(SymbolRules rules) =>
        rules.IsOnTick(Stop) ? Stop : Exact.Greatest(rules.TickSize, rules.RoundDownToTick((double)Stop));

    /// <summary>Takes over rules that have changed, for the orders to come; the exchange goes on honouring what rests.</summary>
    internal void Adopt(SymbolRules rules)
    {
        if (ProtectionOrderId != 0) RestingRules ??= Rules;
        Rules = rules;
    }

    internal Position Copy()
    {
        var copy = (Position)MemberwiseClone();
        copy.Tally = Tally.Copy();
        copy.Record = Record.Copy();
        return copy;
    }
}
