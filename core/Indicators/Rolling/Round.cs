namespace OrleansTrader.Core.Indicators.Rolling;

/// <summary>The end of a round of a rolling sum; see <see cref="RollingSum"/>.</summary>
internal static class Round
{
    /// <summary>Makes of each value the sum from it to the end.</summary>
    public static void SumToEnd(Span<double> values)
    {
        double sum = 0;
        var i = values.Length;

        // Four at once, so that not every sum waits for the one before it.
        for (; i >= 4; i -= 4)
        {
            var four = values.Slice(i - 4, 4);
            var (later, earlier) = (four[2] + four[3], four[0] + four[1]);
            four[3] += sum;
            four[2] = later + sum;
            four[1] += later + sum;
            sum += earlier + later;
            four[0] = sum;
        }

        while (--i >= 0) values[i] = sum += values[i];
    }
}
