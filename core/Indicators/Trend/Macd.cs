using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Trend;

/// <summary>
/// Moving average convergence and divergence of the close, in quote currency: fast EMA - slow EMA, its signal line and the
/// difference of both; all NaN until <c>slow + signal - 1</c> closes were seen. Source: Appel, The Moving Average Convergence
/// Divergence Method (1979).
/// </summary>
/// <remarks>Both averages have their first value at the same bar, the slow one's first, each being a simple average, as in TA-Lib.</remarks>
public sealed class Macd : Indicator
{
    private readonly int _fastPeriod;
    private readonly int _slowPeriod;
    private readonly int _signalPeriod;
    private double _fast;
    private double _slow;
    private double _signal;
    private int _seen;

    /// <param name="fast">Bars, 1 or more.</param>
    /// <param name="slow">Bars, more than <paramref name="fast"/>.</param>
    /// <param name="signal">Bars, 1 or more.</param>
    public Macd(int fast, int slow, int signal)
        : base(slow + signal - 1, nameof(Line))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fast, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(slow, fast);
        ArgumentOutOfRangeException.ThrowIfLessThan(signal, 1);
        (_fastPeriod, _slowPeriod, _signalPeriod) = (fast, slow, signal);
        Signal = Adds(nameof(Signal), WarmUp);
        Histogram = Adds(nameof(Histogram), WarmUp);
    }

    /// <summary>Fast average minus slow average.</summary>
    public Output Line => Main;

    /// <summary>The exponential average of the line.</summary>
    public Output Signal { get; }

    /// <summary>Line minus signal.</summary>
    public Output Histogram { get; }

    protected override void Advance(ReadOnlySpan<Candle> candles, Span<double> values)
    {
        var signals = Signal.Room;
        var histograms = Histogram.Room;
        var i = 0;
        for (; _seen < WarmUp && i < candles.Length; i++) (values[i], signals[i], histograms[i]) = WarmUpWith(candles[i].Close);

        var (fast, slow, signal) = (_fast, _slow, _signal);
        var (fastWeight, slowWeight, signalWeight) = (WeightOf(_fastPeriod), WeightOf(_slowPeriod), WeightOf(_signalPeriod));
        for (; i < candles.Length; i++)
        {
            var close = candles[i].Close;
            fast = Math.FusedMultiplyAdd(close - fast, fastWeight, fast);
            slow = Math.FusedMultiplyAdd(close - slow, slowWeight, slow);
            var line = fast - slow;
            signal = Math.FusedMultiplyAdd(line - signal, signalWeight, signal);
            (values[i], signals[i], histograms[i]) = (line, signal, line - signal);
        }

        (_fast, _slow, _signal) = (fast, slow, signal);
    }

    protected override void Visit(StateVisitor state)
    {
        state.Visit(ref _fast);
        state.Visit(ref _slow);
        state.Visit(ref _signal);
        state.Visit(ref _seen);
    }

    private (double Line, double Signal, double Histogram) WarmUpWith(double close)
    {
        _seen++;
        if (_seen > _slowPeriod - _fastPeriod) _fast = Step(_fast, close, _seen - _slowPeriod + _fastPeriod, _fastPeriod);
        _slow = Step(_slow, close, _seen, _slowPeriod);
        if (_seen >= _slowPeriod) _signal = Step(_signal, _fast - _slow, _seen - _slowPeriod + 1, _signalPeriod);
        if (_seen < WarmUp) return (double.NaN, double.NaN, double.NaN);
        return (_fast - _slow, _signal, _fast - _slow - _signal);
    }

    // Sums up the first values of a period, divides at its last, and goes on exponentially.
    private static double Step(double average, double value, int number, int period)
    {
        if (number > period) return Math.FusedMultiplyAdd(value - average, WeightOf(period), average);
        return number == period ? (average + value) / period : average + value;
    }

    private static double WeightOf(int period) => 2.0 / (period + 1);
}
