namespace OrleansTrader.Bench.Calls;

/// <summary>The best round of one way to call: time for one call and bytes for one call, everything included.</summary>
internal readonly record struct CallFigures(double Microseconds, double Bytes)
{
    /// <summary>Calls per second.</summary>
    public double Rate => 1e6 / Microseconds;
}
