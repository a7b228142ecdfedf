using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Indicators.Momentum;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Patterns.Swings;

/// <summary>
/// Finds divergences between the price and its relative strength index at consecutive swings of one kind: regular ones (a lower low
/// with a higher index, a higher high with a lower one) and hidden ones (a higher low with a lower index, a lower high with a
/// higher one).
/// </summary>
/// <remarks>Told with the bar that confirms the later swing. A bar that is not sound is left out.</remarks>
public sealed class DivergenceFinder : Restorable
{
    private readonly SwingDetector _swings;
    private readonly Rsi _rsi;
    private readonly double[] _strengths;
    private readonly int _longestSpan;
    private Swing _lastHigh;
    private Swing _lastLow;
    private double _lastHighRsi;
    private double _lastLowRsi;
    private Divergence _bullish;
    private Divergence _bearish;

    /// <param name="reach">Bars on either side of a swing, 1 or more.</param>
    /// <param name="rsiPeriod">Period of the relative strength index, 1 or more.</param>
    /// <param name="longestSpan">The most bars between the two swings, 1 or more.</param>
    public DivergenceFinder(int reach = 3, int rsiPeriod = 14, int longestSpan = 60)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(longestSpan, 1);
        (_swings, _rsi, _longestSpan) = (new SwingDetector(reach), new Rsi(rsiPeriod), longestSpan);
        _strengths = new double[reach + 1];
        // Two swings of one kind are more than a reach apart, the earlier one at a bar whose index is known.
        WarmUp = _rsi.WarmUp + (2 * reach) + 1;
    }

    /// <summary>The number of sound bars after which a divergence can first be told.</summary>
    public int WarmUp { get; }

    /// <summary>False as long as no divergence could be told, whatever the price did.</summary>
    public bool IsReady => _swings.Count >= WarmUp;

    /// <summary>The divergence of two lows that the latest bar confirms; none as a rule.</summary>
    public Divergence Bullish => _bullish;

    /// <summary>The divergence of two highs that the latest bar confirms; none as a rule.</summary>
    public Divergence Bearish => _bearish;

    /// <summary>Takes the next closed bar.</summary>
    public void Update(in Candle candle)
    {
        (_bullish, _bearish) = (default, default);
        if (!candle.IsSound) return;

        _rsi.Update(in candle);
        _strengths[_swings.Count % _strengths.Length] = _rsi.Value;
        _swings.Update(in candle);
        var (high, low) = (_swings.NewHigh, _swings.NewLow);
        if (high.Exists)
        {
            var rsi = _strengths[high.Bar % _strengths.Length];
            _bearish = Between(in _lastHigh, _lastHighRsi, in high, rsi, outward: 1);
            (_lastHigh, _lastHighRsi) = (high, rsi);
        }

        if (low.Exists)
        {
            var rsi = _strengths[low.Bar % _strengths.Length];
            _bullish = Between(in _lastLow, _lastLowRsi, in low, rsi, outward: -1);
            (_lastLow, _lastLowRsi) = (low, rsi);
        }
    }

    protected override void Visit(StateVisitor state)
    {
        _swings.VisitAll(state);
        _rsi.VisitAll(state);
        state.Visit(_strengths);
        SwingState.Visit(state, ref _lastHigh);
        SwingState.Visit(state, ref _lastLow);
        state.Visit(ref _lastHighRsi);
        state.Visit(ref _lastLowRsi);
        Visit(state, ref _bullish);
        Visit(state, ref _bearish);
    }

    private static void Visit(StateVisitor state, ref Divergence divergence)
    {
        var (kind, from, to, fromRsi, toRsi) = ((int)divergence.Kind, divergence.From, divergence.To, divergence.FromRsi, divergence.ToRsi);
        state.Visit(ref kind);
        SwingState.Visit(state, ref from);
        SwingState.Visit(state, ref to);
        state.Visit(ref fromRsi);
        state.Visit(ref toRsi);
        divergence = new Divergence((DivergenceKind)kind, from, to, fromRsi, toRsi);
    }

    // An index that is not known yet compares as neither higher nor lower.
    private Divergence Between(in Swing from, double fromRsi, in Swing to, double toRsi, int outward)
    {
        if (!from.Exists || to.Bar - from.Bar > _longestSpan) return default;
        var price = (to.Price - from.Price) * outward;
        var strength = (toRsi - fromRsi) * outward;
        var kind = (price, strength) switch
        {
            ( > 0, < 0) => DivergenceKind.Regular,
            ( < 0, > 0) => DivergenceKind.Hidden,
            _ => DivergenceKind.None,
        };
        return kind == DivergenceKind.None ? default : new Divergence(kind, from, to, fromRsi, toRsi);
    }
}
