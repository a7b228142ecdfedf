namespace OrleansTrader.Core.Accounts;

/// <summary>An <see cref="EquityWatch"/> at one moment; quote currency, the fall as a share.</summary>
public readonly record struct EquityMark(double Latest, double Peak, double MaxDrawdown)
{
    public static EquityMark Of(EquityWatch watch) => new(watch.Latest, watch.Peak, watch.MaxDrawdown);

    /// <summary>Sets the watch back to that moment.</summary>
    public void Restore(EquityWatch watch) => (watch.Latest, watch.Peak, watch.MaxDrawdown) = (Latest, Peak, MaxDrawdown);
}

/// <summary>Where a symbol of an account stood at one moment.</summary>
/// <param name="Close">The latest close, quote currency; 0 before the first.</param>
public readonly record struct SymbolMark(double Close, EquityMark Equity);
