using System.Runtime.Intrinsics;
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
    private readonly double _spread;
    private readonly double _threshold;
    private Vector128<double>[] _sums = [];

    /// <param name="period">Bars, 2 or more.</param>
    /// <param name="factor">Standard deviations from the middle to a band, above 0.</param>
    /// <param name="zero">When a variance counts as none.</param>
    public Bollinger(int period = 20, double factor = 2, ZeroRule zero = ZeroRule.Exact)
        : base(period, nameof(Middle))
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(factor);
        (_closes, _spread, _threshold) = (new RollingMoments(period), 2 * factor, zero.Threshold());
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

    protected override void Advance(in Bars bars, Span<double> values)
    {
        var closes = bars.Closes;
        if (_sums.Length < closes.Length) _sums = new Vector128<double>[closes.Length];
        var sums = _sums.AsSpan(0, closes.Length);
        _closes.Roll(closes, values, sums);

        // Roots and quotients are what costs: several bars at once, and the rest of the block one by one.
        var several = closes.Length - (closes.Length % Vector256<double>.Count);
        SpanBars(closes[..several], values, sums);
        var uppers = Upper.Room;
        var lowers = Lower.Room;
        var percents = PercentB.Room;
        var widths = Width.Room;
        for (var i = several; i < closes.Length; i++)
        {
            var (middle, sum) = (values[i], sums[i][0]);
            var variance = double.MaxNative(0, sums[i][1] - (sum * sum * _closes.Share)) * _closes.Share;
            var isNone = variance <= _threshold;
            var width = isNone ? 0 : _spread * Math.Sqrt(variance);
            var reach = width * 0.5;
            (uppers[i], lowers[i]) = (middle + reach, middle - reach);
            (percents[i], widths[i]) = (isNone ? 0.5 : 0.5 + ((closes[i] - middle) / width), width / middle);
        }
    }

    private void SpanBars(ReadOnlySpan<double> closes, Span<double> middles, Span<Vector128<double>> sums)
    {
        var uppers = Upper.Room;
        var lowers = Lower.Room;
        var percents = PercentB.Room;
        var widths = Width.Room;
        var (share, spread, half, zero) = (Vector256.Create(_closes.Share), Vector256.Create(_spread), Vector256.Create(0.5), Vector256<double>.Zero);
        var threshold = Vector256.Create(_threshold);

        // The loads and stores look at the first place only; that there are four is in the bound of the loop.
        for (var i = 0; i <= closes.Length - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            var four = sums.Slice(i, 4);
            var sum = Vector256.Create(four[0][0], four[1][0], four[2][0], four[3][0]);
            var squares = Vector256.Create(four[0][1], four[1][1], four[2][1], four[3][1]);
            var (close, middle) = (Vector256.LoadUnsafe(in closes[i]), Vector256.LoadUnsafe(in middles[i]));

            // A sum that is not known stays so: of two values the second one is taken when one is NaN.
            var variance = Vector256.MaxNative(zero, squares - (sum * sum * share)) * share;
            var isNone = Vector256.LessThanOrEqual(variance, threshold);
            var width = Vector256.AndNot(spread * Vector256.Sqrt(variance), isNone);
            var reach = width * half;
            (middle + reach).StoreUnsafe(ref uppers[i]);
            (middle - reach).StoreUnsafe(ref lowers[i]);
            Vector256.ConditionalSelect(isNone, half, half + ((close - middle) / width)).StoreUnsafe(ref percents[i]);
            (width / middle).StoreUnsafe(ref widths[i]);
        }
    }

    protected override void Visit(StateVisitor state) => _closes.Visit(state);
}
