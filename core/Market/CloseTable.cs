namespace OrleansTrader.Core.Market;

/// <summary>
/// The latest closes of several symbols, each under the number of its bar, and what they say of how a symbol swings and which symbols
/// move together. Taking a close costs the same however long it looks back; figures are computed when somebody asks, which only entries do.
/// </summary>
/// <param name="length">Closes that are remembered of each symbol: one more than the returns that are asked for.</param>
public sealed class CloseTable(int length, Interval interval)
{
    /// <summary>Crypto markets never close.</summary>
    private const double DaysOfYear = 365;

    private CloseRing?[] _rings = [];

    /// <param name="slot">Place of the symbol, 0 or more.</param>
    public void Put(int slot, DateTime openTime, double close)
    {
        if (slot >= _rings.Length) Array.Resize(ref _rings, slot + 1);
        (_rings[slot] ??= new CloseRing(length)).Put(BarOf(openTime), close);
    }

    /// <summary>
    /// Pearson's correlation of the logarithmic returns of the last bars, -1 to 1; NaN when fewer than half of them are known of both
    /// symbols, or one does not move. A return is known where the bar before it is.
    /// </summary>
    /// <param name="time">Close of the latest bar, UTC.</param>
    /// <param name="bars">Returns, 2 or more.</param>
    public double Correlation(int slot, int other, DateTime time, int bars)
    {
        if (RingOf(slot) is not { } first || RingOf(other) is not { } second) return double.NaN;
        var latest = LatestBar(time);
        var (count, meanX, meanY) = (0, 0.0, 0.0);
        for (var bar = latest - bars + 1; bar <= latest; bar++)
        {
            var (x, y) = (first.ReturnOf(bar), second.ReturnOf(bar));
            if (double.IsNaN(x) || double.IsNaN(y)) continue;
            count++;
            meanX += x;
            meanY += y;
        }

        if (2 * count < bars || count < 2) return double.NaN;
        (meanX, meanY) = (meanX / count, meanY / count);
        var (xx, yy, xy) = (0.0, 0.0, 0.0);
        for (var bar = latest - bars + 1; bar <= latest; bar++)
        {
            var (x, y) = (first.ReturnOf(bar) - meanX, second.ReturnOf(bar) - meanY);
            if (double.IsNaN(x) || double.IsNaN(y)) continue;
            xx += x * x;
            yy += y * y;
            xy += x * y;
        }

        return xx > 0 && yy > 0 ? xy / Math.Sqrt(xx * yy) : double.NaN;
    }

    /// <summary>
    /// The standard deviation (of the sample) of the logarithmic returns of the last bars, as a share of the price a year; NaN when fewer
    /// than half of them are known.
    /// </summary>
    /// <param name="time">Close of the latest bar, UTC.</param>
    /// <param name="bars">Returns, 2 or more.</param>
    public double Volatility(int slot, DateTime time, int bars)
    {
        if (RingOf(slot) is not { } ring) return double.NaN;
        var latest = LatestBar(time);
        var (count, mean) = (0, 0.0);
        for (var bar = latest - bars + 1; bar <= latest; bar++)
        {
            var change = ring.ReturnOf(bar);
            if (double.IsNaN(change)) continue;
            count++;
            mean += change;
        }

        if (2 * count < bars || count < 2) return double.NaN;
        mean /= count;
        var squares = 0.0;
        for (var bar = latest - bars + 1; bar <= latest; bar++)
        {
            var change = ring.ReturnOf(bar) - mean;
            if (!double.IsNaN(change)) squares += change * change;
        }

        return Math.Sqrt(squares / (count - 1) * (TimeSpan.FromDays(DaysOfYear) / interval.Length));
    }

    private CloseRing? RingOf(int slot) => slot < _rings.Length ? _rings[slot] : null;

    private long BarOf(DateTime openTime) => openTime.Ticks / interval.Length.Ticks;

    private long LatestBar(DateTime time) => BarOf(time - interval.Length);
}
