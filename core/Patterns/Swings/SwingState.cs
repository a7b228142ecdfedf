using OrleansTrader.Core.Indicators;

namespace OrleansTrader.Core.Patterns.Swings;

/// <summary>The fields of a swing as a visitor passes over them.</summary>
internal static class SwingState
{
    public static void Visit(StateVisitor state, ref Swing swing)
    {
        var (bar, openTime, price) = (swing.Bar, swing.OpenTime.Ticks, swing.Price);
        state.Visit(ref bar);
        state.Visit(ref openTime);
        state.Visit(ref price);
        swing = price > 0 ? new Swing(bar, new DateTime(openTime, DateTimeKind.Utc), price) : default;
    }
}
