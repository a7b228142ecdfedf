using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Trend;

/// <summary>
/// Hosoda's lines, in quote currency: middles between the highest high and the lowest low; each NaN until its own period of bars
/// was seen. Source: Hosoda, Ichimoku Kinko Hyo (1969).
/// </summary>
/// <remarks>
/// The spans are given at the bar that they are computed from; a chart draws them <c>middle</c> bars ahead. The lagging span is
/// the close drawn as many bars back: it would look ahead, so it is not given.
/// </remarks>
public sealed class Ichimoku : BarIndicator
{
    private readonly Middle _short;
    private readonly Middle _middle;
    private readonly Middle _long;

    /// <param name="shortest">Bars of the conversion line, 1 or more.</param>
    /// <param name="middle">Bars of the base line, not less.</param>
    /// <param name="longest">Bars of span B, not less.</param>
    public Ichimoku(int shortest = 9, int middle = 26, int longest = 52)
        : base(shortest, nameof(Conversion))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(middle, shortest);
        ArgumentOutOfRangeException.ThrowIfLessThan(longest, middle);
        (_short, _middle, _long) = (new Middle(shortest), new Middle(middle), new Middle(longest));
        Base = Adds(nameof(Base), middle);
        SpanA = Adds(nameof(SpanA), middle);
        SpanB = Adds(nameof(SpanB), longest);
    }

    /// <summary>Tenkan-sen.</summary>
    public Output Conversion => Main;

    /// <summary>Kijun-sen.</summary>
    public Output Base { get; }

    /// <summary>The middle between conversion and base line, an edge of the cloud to come.</summary>
    public Output SpanA { get; }

    /// <summary>The other edge of the cloud to come.</summary>
    public Output SpanB { get; }

    protected override double Next(in Candle candle)
    {
        var conversion = _short.Next(in candle);
        var baseLine = _middle.Next(in candle);
        Set(Base, baseLine);
        Set(SpanA, (conversion + baseLine) / 2);
        Set(SpanB, _long.Next(in candle));
        return conversion;
    }

    protected override void Visit(StateVisitor state)
    {
        _short.Visit(state);
        _middle.Visit(state);
        _long.Visit(state);
    }

    private sealed class Middle(int length)
    {
        private readonly RollingExtreme _highest = RollingExtreme.Highest(length);
        private readonly RollingExtreme _lowest = RollingExtreme.Lowest(length);

        public double Next(in Candle candle) => (_highest.Add(candle.High) + _lowest.Add(candle.Low)) / 2;

        public void Visit(StateVisitor state)
        {
            _highest.Visit(state);
            _lowest.Visit(state);
        }
    }
}
