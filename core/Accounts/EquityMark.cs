using OrleansTrader.Core.Risk;

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
/// <param name="LastRefusal">Why its latest entry was refused, unless bars without one have passed since.</param>
public readonly record struct SymbolMark(double Close, EquityMark Equity, RefusalCode LastRefusal = RefusalCode.None)
{
    public static SymbolMark Of(Position position) => new(position.Mark, EquityMark.Of(position.Record.Equity), position.LastRefusal);

    /// <summary>Sets the position back to that moment, in what goes beyond facts.</summary>
    public void Restore(Position position)
    {
        (position.Mark, position.LastRefusal) = (Close, LastRefusal);
        Equity.Restore(position.Record.Equity);
    }
}
