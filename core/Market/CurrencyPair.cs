namespace OrleansTrader.Core.Market;

/// <summary>Counts money of one currency in another, by the price of a symbol that connects the two.</summary>
public sealed record CurrencyPair
{
    /// <summary>Decimals of what was converted, since a division has no end.</summary>
    public const int Decimals = 8;

    private CurrencyPair(SymbolRules rules, string from, string to, bool isInverse) => (Rules, From, To, IsInverse) = (rules, from, to, isInverse);

    /// <summary>The symbol whose price is the rate.</summary>
    public SymbolRules Rules { get; }

    /// <summary>The currency that is counted.</summary>
    public string From { get; }

    /// <summary>The currency in which it is counted.</summary>
    public string To { get; }

    /// <summary>True when the symbol's price tells how much of <see cref="From"/> is paid for one of <see cref="To"/>, and not the other way round.</summary>
    public bool IsInverse { get; }

    /// <summary>Null when the symbol does not connect the two currencies.</summary>
    public static CurrencyPair? Of(SymbolRules rules, string from, string to)
    {
        ArgumentNullException.ThrowIfNull(rules);
        if (string.Equals(rules.BaseAsset, from, StringComparison.Ordinal) && string.Equals(rules.QuoteAsset, to, StringComparison.Ordinal)) return new CurrencyPair(rules, from, to, isInverse: false);
        if (string.Equals(rules.BaseAsset, to, StringComparison.Ordinal) && string.Equals(rules.QuoteAsset, from, StringComparison.Ordinal)) return new CurrencyPair(rules, from, to, isInverse: true);
        return null;
    }

    /// <summary>The price as it counts; null where it is none.</summary>
    public decimal? PriceOf(double close) => close > 0 && double.IsFinite(close) && Rules.RoundToTick(close) is > 0 and var price ? price : null;

    /// <summary>So much of <see cref="From"/> in <see cref="To"/>, rounded to <see cref="Decimals"/> decimals.</summary>
    /// <param name="price">Of the symbol, above 0.</param>
    public decimal Convert(decimal amount, decimal price) => Math.Round(IsInverse ? amount / price : amount * price, Decimals);
}
