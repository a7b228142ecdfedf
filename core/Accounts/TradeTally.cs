using System.Runtime.CompilerServices;

namespace OrleansTrader.Core.Accounts;

/// <summary>What the trade under way in one symbol has bought and sold, in base and quote currency.</summary>
public sealed class TradeTally
{
    public decimal Bought { get; set; }

    public decimal Paid { get; set; }

    public decimal Sold { get; set; }

    public decimal Received { get; set; }

    public decimal Fees { get; set; }

    /// <summary>Profit or loss of what was sold, fees of both sides taken off.</summary>
    public decimal Pnl { get; set; }

    public decimal LastBuyPrice { get; set; }

    public decimal LastSellPrice { get; set; }

    public int Buys { get; set; }

    public int Sells { get; set; }

    /// <summary>Why the latest part was sold.</summary>
    public ExitReason Exit { get; set; }

    // One fill is the rule, and a decimal division is the dearest operation of a trade.
    public decimal EntryPrice => Buys == 1 ? LastBuyPrice : Average(Paid, Bought);

    public decimal ExitPrice => Sells == 1 ? LastSellPrice : Average(Received, Sold);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Clear()
    {
        Bought = Paid = Sold = Received = Fees = Pnl = LastBuyPrice = LastSellPrice = 0;
        Buys = Sells = 0;
        Exit = ExitReason.None;
    }

    private static decimal Average(decimal value, decimal quantity) => quantity == 0 ? 0 : value / quantity;

    internal TradeTally Copy() => (TradeTally)MemberwiseClone();
}
