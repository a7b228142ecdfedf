namespace OrleansTrader.Bench.Live;

/// <summary>How long one thing took, over many of them, and what it allocated.</summary>
/// <param name="P50">Microseconds.</param>
/// <param name="P99">Microseconds.</param>
/// <param name="Bytes">For each of them.</param>
internal readonly record struct Latency(double P50, double P99, double Bytes)
{
    public static Latency Worst => new(double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity);

    /// <summary>Others on the machine only ever slow a round down.</summary>
    public Latency Or(in Latency other) => new(Math.Min(P50, other.P50), Math.Min(P99, other.P99), Math.Min(Bytes, other.Bytes));

    /// <param name="ticks">Of the steady clock, one for each; sorted by this.</param>
    /// <param name="bytes">For all of them.</param>
    public static Latency Of(long[] ticks, long bytes)
    {
        Array.Sort(ticks);
        var unit = 1e6 / System.Diagnostics.Stopwatch.Frequency;
        return new Latency(ticks[ticks.Length / 2] * unit, ticks[(int)(ticks.Length * 0.99)] * unit, (double)bytes / ticks.Length);
    }
}
