using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Indicators.Trend;
using OrleansTrader.Core.Indicators.Volatility;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Regimes;

/// <summary>
/// Tells the regime of each bar by <see cref="RegimeRules"/>: volatile before trending before quiet before ranging, each easier to
/// stay in than to enter, and a change only after some bars in a row. NaN until enough is known to tell.
/// </summary>
public sealed class RegimeDetector : Indicator
{
    private readonly RegimeRules _rules;
    private readonly Adx _strength;
    private readonly LinearRegressionSlope _slope;
    private readonly Choppiness _choppiness;
    private readonly Atr _range;
    private readonly VolatilityNotes _notes;
    private int _regime;
    private int _candidate;
    private int _speaksFor;
    private long _seen;

    public RegimeDetector()
        : this(RegimeRules.Current)
    {
    }

    /// <exception cref="ArgumentException">No regime can be told by these rules; the message says which is wrong and what is allowed.</exception>
    public RegimeDetector(RegimeRules rules)
        : base(rules.Checked().WarmUp, nameof(Regime))
    {
        _rules = rules;
        _strength = new Adx(rules.StrengthPeriod);
        _slope = new LinearRegressionSlope(rules.SlopePeriod);
        _choppiness = new Choppiness(rules.ChoppinessPeriod);
        _range = new Atr(rules.VolatilityPeriod);
        _notes = new VolatilityNotes(rules);
        Slope = Adds(nameof(Slope), WarmUp);
        Strength = Adds(nameof(Strength), WarmUp);
        Choppiness = Adds(nameof(Choppiness), WarmUp);
        Volatility = Adds(nameof(Volatility), WarmUp);
    }

    /// <summary>The one of a symbol, computed once for all who ask; signals then bear its regime.</summary>
    public static RegimeDetector Of(IndicatorSet indicators)
    {
        ArgumentNullException.ThrowIfNull(indicators);
        return indicators.Shared($"REGIME_{RegimeRules.Current.Version}", () => new RegimeDetector());
    }

    /// <summary>The rules by which it tells.</summary>
    public RegimeRules Rules => _rules;

    /// <summary>The regime after the latest bar; unknown until enough was seen.</summary>
    public MarketRegime Regime => ToRegime(Value);

    /// <summary>Slope of the regression line through the closes per bar, in average true ranges of now or, if that is more, in usual ones.</summary>
    public Output Slope { get; }

    /// <summary>Average directional index, 0 to 100.</summary>
    public Output Strength { get; }

    /// <summary>Choppiness index, 0 to 100 and more.</summary>
    public Output Choppiness { get; }

    /// <summary>Average true range as a share of the close, as a multiple of its median.</summary>
    public Output Volatility { get; }

    /// <summary>The regime that a value of the first output stands for.</summary>
    public static MarketRegime ToRegime(double value) => double.IsNaN(value) ? MarketRegime.Unknown : (MarketRegime)(int)value;

    protected override void Advance(in Bars bars, Span<double> values)
    {
        var closes = bars.Closes;
        _strength.Update(in bars);
        _slope.Update(in bars);
        _choppiness.Update(in bars);
        _range.Update(in bars);
        var slopes = Slope.Room;
        var strengths = Strength.Room;
        var choppinesses = Choppiness.Room;
        var volatilities = Volatility.Room;
        for (var i = 0; i < closes.Length; i++)
        {
            var range = _range.Values[i];
            var volatility = range / closes[i];
            if (!double.IsNaN(volatility)) _notes.Take(volatility);
            if (++_seen < WarmUp)
            {
                values[i] = slopes[i] = strengths[i] = choppinesses[i] = volatilities[i] = double.NaN;
                continue;
            }

            // In a market that has fallen quiet the least drift is steep beside the bars of now.
            var usual = Math.Max(range, _notes.Median * closes[i]);
            slopes[i] = _slope.Values[i] / usual;
            (strengths[i], choppinesses[i]) = (_strength.Values[i], _choppiness.Values[i]);
            volatilities[i] = volatility / _notes.Median;
            Follow(Judge(volatility, slopes[i], strengths[i], choppinesses[i]));
            values[i] = _regime;
        }
    }

    protected override void Visit(StateVisitor state)
    {
        state.Visit(ref _seen);
        _strength.VisitAll(state);
        _slope.VisitAll(state);
        _choppiness.VisitAll(state);
        _range.VisitAll(state);
        _notes.Visit(state);
        state.Visit(ref _regime);
        state.Visit(ref _candidate);
        state.Visit(ref _speaksFor);
    }

    private MarketRegime Judge(double volatility, double slope, double strength, double choppiness)
    {
        var now = (MarketRegime)_regime;
        if (volatility > (now == MarketRegime.Volatile ? _notes.StayVolatile : _notes.EnterVolatile)) return MarketRegime.Volatile;
        if (TrendRuleFor(MarketRegime.TrendingUp).Holds(slope, strength, choppiness)) return MarketRegime.TrendingUp;
        if (TrendRuleFor(MarketRegime.TrendingDown).Holds(-slope, strength, choppiness)) return MarketRegime.TrendingDown;
        return volatility < (now == MarketRegime.Quiet ? _notes.StayQuiet : _notes.EnterQuiet) ? MarketRegime.Quiet : MarketRegime.Ranging;
    }

    private TrendRule TrendRuleFor(MarketRegime trend) => _regime == (int)trend ? _rules.StayInTrend : _rules.EnterTrend;

    private void Follow(MarketRegime candidate)
    {
        if (_regime == (int)candidate)
        {
            (_candidate, _speaksFor) = (0, 0);
            return;
        }

        _speaksFor = _candidate == (int)candidate ? _speaksFor + 1 : 1;
        _candidate = (int)candidate;
        if (_speaksFor < _rules.Confirmation && _regime != (int)MarketRegime.Unknown) return;
        (_regime, _candidate, _speaksFor) = (_candidate, 0, 0);
    }
}
