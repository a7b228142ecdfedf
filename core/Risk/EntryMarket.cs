using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Risk;

/// <summary>What is known of a symbol's market beside its bars when an entry is judged; the default value knows nothing.</summary>
public readonly record struct EntryMarket
{
    /// <summary>How long ago the symbol's latest data came; zero where time moves with the data, as in a backtest.</summary>
    public TimeSpan DataAge { get; init; }

    public SymbolStatus Status { get; init; }

    /// <summary>Best bid and ask, quote currency; 0 when no book is known.</summary>
    public double Bid { get; init; }

    public double Ask { get; init; }

    /// <summary>Base currency offered at the best ask.</summary>
    public double AskQuantity { get; init; }

    /// <summary>Annualised volatility as a share; 0 when nobody has measured it.</summary>
    public double Volatility { get; init; }

    public WinOdds Odds { get; init; }

    /// <summary>True while what is decided cannot be written where it belongs.</summary>
    public bool IsStoreAway { get; init; }

    /// <summary>What the best prices tell; nothing of them where there are none.</summary>
    public static EntryMarket At(in Quote quote) => quote.IsKnown ? new() { Bid = quote.Bid, Ask = quote.Ask, AskQuantity = quote.AskQuantity } : default;

    public bool HasBook => Bid > 0 && Ask > 0;

    /// <summary>Bid to ask as a share of their middle.</summary>
    public double Spread => (Ask - Bid) / ((Ask + Bid) / 2);
}
