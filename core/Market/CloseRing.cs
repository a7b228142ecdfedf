namespace OrleansTrader.Core.Market;

/// <summary>The latest closes of one symbol by the number of their bar, so that symbols that lack bars stay side by side.</summary>
/// <param name="length">Bars that are remembered, 1 or more.</param>
internal sealed class CloseRing(int length)
{
    private readonly double[] _closes = Empty(length);
    private long _latest = -1;

    /// <summary>Takes the close of a bar; one that is not later than the latest is passed over.</summary>
    /// <param name="bar">Number of the bar, rising by one from bar to bar.</param>
    public void Put(long bar, double close)
    {
        if (bar <= _latest) return;
        // What a gap has passed over would come up again as the close of another bar.
        for (var missing = Math.Max(_latest + 1, bar - _closes.Length + 1); missing < bar; missing++) _closes[missing % _closes.Length] = double.NaN;
        _closes[bar % _closes.Length] = close > 0 ? close : double.NaN;
        _latest = bar;
    }

    /// <summary>The logarithmic return from the bar before; NaN when one of both closes is not known.</summary>
    public double ReturnOf(long bar) => Math.Log(At(bar) / At(bar - 1));

    private double At(long bar) => bar > _latest || bar <= _latest - _closes.Length || bar < 0 ? double.NaN : _closes[bar % _closes.Length];

    private static double[] Empty(int length)
    {
        var closes = new double[length];
        Array.Fill(closes, double.NaN);
        return closes;
    }
}
