namespace OrleansTrader.Core.Strategies;

/// <summary>
/// Where a strategy stands in its symbol after a bar: its position, as the account has booked it by then, and the top of the book.
/// Prices in quote currency.
/// </summary>
public readonly record struct Standing
{
    /// <summary>Close of the bar, UTC.</summary>
    public DateTime Time { get; init; }

    /// <summary>Close of the bar.</summary>
    public double Close { get; init; }

    /// <summary>Base currency held; 0 while nothing is, dust not counted.</summary>
    public double Quantity { get; init; }

    /// <summary>Average price of what the trade has bought, without fees; NaN while nothing is held.</summary>
    public double EntryPrice { get; init; }

    /// <summary>Open profit (below 0: loss) at the close as a share of what was paid, entry fees included; NaN while nothing is held.</summary>
    public double OpenReturn { get; init; }

    /// <summary>Whole bars since the trade's first purchase; 0 while nothing is held.</summary>
    public int BarsHeld { get; init; }

    /// <summary>Where the stop lies by now; NaN without one, and while nothing is held.</summary>
    public double Stop { get; init; }

    /// <summary>Where the target lies; NaN without one, and while nothing is held.</summary>
    public double Target { get; init; }

    /// <summary>True while an order to buy, or to buy more, is not done.</summary>
    public bool IsEntryWorking { get; init; }

    /// <summary>Best bid when the bar was judged; NaN where no book is known, as in backtests and on paper, since candles have none.</summary>
    public double Bid { get; init; }

    /// <summary>Best ask when the bar was judged; NaN where no book is known, as in backtests and on paper, since candles have none.</summary>
    public double Ask { get; init; }

    /// <summary>True while something is held.</summary>
    public bool IsHeld => Quantity > 0;
}
