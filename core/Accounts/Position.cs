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
}

/// <summary>One symbol of an account: what is held, what works for it, and what it has brought so far.</summary>
public sealed class Position
{
    public string Symbol { get; set; } = "";

    public SymbolRules Rules { get; set; } = null!;

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

    /// <summary>Stop price of the trade; 0 when it has no protection by design.</summary>
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

    public bool IsHeld { get; private set; }

    /// <summary>Nothing owned, not even dust.</summary>
    public bool IsEmpty => !IsHeld && Exact.IsZero(Dust);

    /// <summary>Nothing held and nothing working, but something left that no order could carry.</summary>
    public bool IsDust => IsIdle && !Exact.IsZero(Dust);

    /// <summary>Nothing held and nothing working.</summary>
    public bool IsIdle => !IsHeld && EntryOrderId == 0;

    /// <summary>Neither being bought nor being left, so that an entry may add to what is held, or begin.</summary>
    public bool CanGrow => EntryOrderId == 0 && Leaving == ExitReason.None;

    /// <summary>Held, meant to be protected or left, and no order works on it.</summary>
    public bool IsExposed
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => IsHeld && (ProtectionOrderId | ExitOrderId) == 0 && (Exact.IsPositive(Stop) || Leaving != ExitReason.None);
    }

    public decimal TotalQuantity => Exact.Plus(Quantity, Dust);

    public decimal TotalCost => Exact.Plus(Cost, DustCost);

    /// <summary>Price of the latest close on a tick.</summary>
    public decimal MarkPrice => Rules.RoundToTick(Mark);

    /// <summary>Quote currency, at the latest close.</summary>
    public decimal Value => IsEmpty ? 0 : Exact.Product(TotalQuantity, MarkPrice);

    /// <summary>Quote currency, at the latest close, entry fees taken off.</summary>
    public decimal OpenPnl => IsEmpty ? 0 : Exact.Minus(Value, TotalCost);

    internal Position Copy()
    {
        var copy = (Position)MemberwiseClone();
        copy.Tally = Tally.Copy();
        copy.Record = Record.Copy();
        return copy;
    }
}
