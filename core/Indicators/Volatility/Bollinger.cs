using System.Numerics;
using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Volatility;

/// <summary>
/// Bollinger's bands, in quote currency: the simple average of the close and a multiple of its standard deviation (of the
/// population) above and below; where the close lies between them, and how wide they are; NaN until <c>period</c> closes were
/// seen. Source: Bollinger on Bollinger Bands (2001).
/// </summary>
public sealed class Bollinger : Indicator
{
    private readonly RollingMoments _closes;
    private readonly double _factor;
    private readonly double _threshold;

    /// <param name="period">Bars, 2 or more.</param>
    /// <param name="factor">Standard deviations from the middle to a band, above 0.</param>
    /// <param name="zero">When a variance counts as none.</param>
    public Bollinger(int period = 20, double factor = 2, ZeroRule zero = ZeroRule.Exact)
        : base(period, nameof(Middle))
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(factor);
        (_closes, _factor, _threshold) = (new RollingMoments(period), factor, zero.Threshold());
        Upper = Adds(nameof(Upper), period);
        Lower = Adds(nameof(Lower), period);
        PercentB = Adds(nameof(PercentB), period);
        Width = Adds(nameof(Width), period);
    }

    public Output Middle => Main;

    public Output Upper { get; }

    public Output Lower { get; }

    /// <summary>Where the close lies: 0 at the lower band, 1 at the upper one; 0.5 where the price does not vary.</summary>
    public Output PercentB { get; }

    /// <summary>From band to band, as a share of the middle, 0 or more.</summary>
    public Output Width { get; }

    protected override void Advance(ReadOnlySpan<Candle> candles, Span<double> values)
    {
        var uppers = Upper.Room;
        var lowers = Lower.Room;
        var percents = PercentB.Room;
        var widths = Width.Room;
        // Closes and variances stand for a moment where the last two outputs go.
        _closes.Roll(candles, values, widths);
        for (var i = 0; i < candles.Length && i < percents.Length; i++) percents[i] = candles[i].Close;

        // Roots and quotients are what costs: several bars at once, and the rest of the block one by one.
        var several = candles.Length - (candles.Length % Vector<double>.Count);
        for (var i = 0; i < several; i += Vector<double>.Count) SpanBars(i, values, uppers, lowers, percents, widths);
        for (var i = several; i < candles.Length; i++)
        {
            var (middle, variance) = (values[i], widths[i]);
            var reach = variance <= _threshold ? 0 : _factor * Math.Sqrt(variance);
            (uppers[i], lowers[i]) = (middle + reach, middle - reach);
            (percents[i], widths[i]) = (reach == 0 ? 0.5 : 0.5 + ((percents[i] - middle) / (2 * reach)), 2 * reach / middle);
        }
    }

    private void SpanBars(int start, ReadOnlySpan<double> middles, Span<double> uppers, Span<double> lowers, Span<double> percents, Span<double> widths)
    {
        var (middle, variance, close) = (new Vector<double>(middles[start..]), new Vector<double>(widths[start..]), new Vector<double>(percents[start..]));
        var isNone = Vector.LessThanOrEqual(variance, new Vector<double>(_threshold));
        var reach = Vector.ConditionalSelect(isNone, Vector<double>.Zero, _factor * Vector.SquareRoot(variance));
        var half = new Vector<double>(0.5);
        (middle + reach).CopyTo(uppers[start..]);
        (middle - reach).CopyTo(lowers[start..]);
        Vector.ConditionalSelect(Vector.Equals(reach, Vector<double>.Zero), half, half + ((close - middle) / (2 * reach))).CopyTo(percents[start..]);
        ((2 * reach) / middle).CopyTo(widths[start..]);
    }

    protected override void Visit(StateVisitor state) => _closes.Visit(state);
}
