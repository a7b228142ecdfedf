namespace OrleansTrader.Core.Accounts.Performance;

/// <summary>What one day, week or month has brought, in quote currency.</summary>
public sealed record PeriodResult
{
    /// <summary>The first UTC day of the period; weeks begin on Monday.</summary>
    public DateTime From { get; init; }

    /// <summary>Equity before the first bar of it.</summary>
    public double Begin { get; init; }

    /// <summary>Equity after the latest bar of it.</summary>
    public double End { get; init; }

    /// <summary>Paid in less paid out.</summary>
    public decimal Flows { get; init; }

    /// <summary>The trades that were closed in it.</summary>
    public TradeResults Trades { get; init; }

    /// <summary>Growth up to the latest payment in or out, as a factor.</summary>
    public double Growth { get; init; } = 1;

    /// <summary>Equity right after that payment, or at the begin.</summary>
    public double Base { get; init; }

    /// <summary>Profit or loss, realised and open.</summary>
    public double Pnl => End - Begin - (double)Flows;

    /// <summary>
    /// Profit as a share of the equity that worked for it: time-weighted, so that a payment in or out neither adds to it nor takes away
    /// (the sub-periods between payments, multiplied); 0 for an account without equity.
    /// </summary>
    public double Return => Base > 0 ? (Growth * (End / Base)) - 1 : 0;

    internal static PeriodResult Starting(DateTime from, double equity) => new() { From = from, Begin = equity, End = equity, Base = equity };

    internal PeriodResult WithFlow(decimal amount)
    {
        var after = End + (double)amount;
        return this with { Flows = Flows + amount, Growth = Base > 0 ? Growth * (End / Base) : Growth, Base = after, End = after };
    }
}
