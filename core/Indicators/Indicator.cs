using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators;

/// <summary>A figure that is computed from the bars of one symbol, one bar at a time, each in constant time and without allocation.</summary>
public abstract class Indicator
{
    /// <summary>The figure after the latest bar; NaN while it warms up.</summary>
    public double Value { get; protected set; } = double.NaN;

    /// <summary>The number of bars after which <see cref="Value"/> is first known.</summary>
    public abstract int WarmUp { get; }

    public bool IsReady => !double.IsNaN(Value);

    /// <summary>Takes the next closed bar.</summary>
    public abstract void Update(in Candle candle);
}
