namespace OrleansTrader.Core.Accounts;

/// <summary>What one symbol has brought since the account was opened, in quote currency.</summary>
public sealed class SymbolRecord
{
    /// <summary>Closed trades.</summary>
    public int Trades { get; set; }

    /// <summary>Closed trades that earned after fees.</summary>
    public int Wins { get; set; }

    public decimal Fees { get; set; }

    /// <summary>Profit or loss of everything sold, fees of both sides taken off.</summary>
    public decimal RealisedPnl { get; set; }

    /// <summary>The account's start cash plus what this symbol alone has brought, watched bar by bar.</summary>
    public EquityWatch Equity { get; set; } = new();

    internal SymbolRecord Copy()
    {
        var copy = (SymbolRecord)MemberwiseClone();
        copy.Equity = Equity.Copy();
        return copy;
    }
}
