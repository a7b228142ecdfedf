using OrleansTrader.Core.Indicators.Rolling;
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
    private readonly double _fastKept;
    private readonly double _slowKept;
    private readonly double _signalKept;
    private double _fast;
    private double _slow;
    private double _signal;
    private double _lastClose;
    private double _lastLine;
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
        (_fastKept, _slowKept, _signalKept) = (KeptOf(fast), KeptOf(slow), KeptOf(signal));
        Signal = Adds(nameof(Signal), WarmUp);
        Histogram = Adds(nameof(Histogram), WarmUp);
    }

    /// <summary>Fast average minus slow average.</summary>
    public Output Line => Main;

    /// <summary>The exponential average of the line.</summary>
    public Output Signal { get; }

    /// <summary>Line minus signal.</summary>
    public Output Histogram { get; }

    protected override void Advance(in Bars bars, Span<double> values)
    {
        var closes = bars.Closes;
        var signals = Signal.Room;
        var histograms = Histogram.Room;
        var i = 0;
        for (; _seen < WarmUp && i < closes.Length; i++) (values[i], signals[i], histograms[i]) = WarmUpWith(closes[i]);

        // What rolls are the leads over the averages, as in Ema.
        var (fast, slow, signal, lastClose, lastLine) = (_fast, _slow, _signal, _lastClose, _lastLine);
        var (fastKept, slowKept, signalKept) = (_fastKept, _slowKept, _signalKept);
        for (; i < closes.Length; i++)
        {
            var change = closes[i] - lastClose;
            lastClose = closes[i];
            fast = Math.FusedMultiplyAdd(fast, fastKept, change);
            slow = Math.FusedMultiplyAdd(slow, slowKept, change);
            var line = (slow * slowKept) - (fast * fastKept);
            signal = Math.FusedMultiplyAdd(signal, signalKept, line - lastLine);
            lastLine = line;
            var histogram = signal * signalKept;
            (values[i], signals[i], histograms[i]) = (line, line - histogram, histogram);
        }

        (_fast, _slow, _signal, _lastClose, _lastLine) = (fast, slow, signal, lastClose, lastLine);
    }

    protected override void Visit(StateVisitor state)
    {
        state.Visit(ref _fast);
        state.Visit(ref _slow);
        state.Visit(ref _signal);
        state.Visit(ref _lastClose);
        state.Visit(ref _lastLine);
        state.Visit(ref _seen);
    }

    private (double Line, double Signal, double Histogram) WarmUpWith(double close)
    {
        _seen++;
        if (_seen > _slowPeriod - _fastPeriod) _fast = Step(_fast, close, _seen - _slowPeriod + _fastPeriod, _fastPeriod);
        _slow = Step(_slow, close, _seen, _slowPeriod);
        if (_seen >= _slowPeriod) _signal = Step(_signal, _fast - _slow, _seen - _slowPeriod + 1, _signalPeriod);
        if (_seen < WarmUp) return (double.NaN, double.NaN, double.NaN);

        // Up to here the averages themselves stood in the places of the leads.
        var (line, signal) = (_fast - _slow, _signal);
        (_lastClose, _lastLine) = (close, line);
        (_fast, _slow, _signal) = (Leads.Of(close, _fast, _fastKept), Leads.Of(close, _slow, _slowKept), Leads.Of(line, signal, _signalKept));
        return (line, signal, line - signal);
    }

    // Sums up the first values of a period, divides at its last, and goes on exponentially.
    private static double Step(double average, double value, int number, int period)
    {
        if (number > period) return Math.FusedMultiplyAdd(value - average, 1 - KeptOf(period), average);
        return number == period ? (average + value) / period : average + value;
    }

    private static double KeptOf(int period) => 1 - (2.0 / (period + 1));
}
