using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Patterns.Swings;

/// <summary>
/// The latest swing high and swing low that are known at each bar, for a strategy to read beside its other indicators, in quote currency; NaN
/// before the first.
/// </summary>
public sealed class LatestSwings : BarIndicator
{
    private readonly SwingDetector _detector;

    /// <param name="reach">Bars on either side of a swing, 1 or more.</param>
    public LatestSwings(int reach = 3)
        : base(warmUp: (2 * reach) + 1, nameof(High))
    {
        _detector = new SwingDetector(reach);
        Low = Adds(nameof(Low), WarmUp);
    }

    public Output High => Main;

    public Output Low { get; }

    /// <summary>The one of a symbol with the usual reach, computed once for all who ask.</summary>
    public static LatestSwings Of(IndicatorSet indicators)
    {
        ArgumentNullException.ThrowIfNull(indicators);
        return indicators.Shared($"SWINGS", () => new LatestSwings());
    }

    protected override double Next(in Candle candle)
    {
        _detector.Update(in candle);
        if (_detector.LastLow.Exists) Set(Low, _detector.LastLow.Price);
        return _detector.LastHigh.Exists ? _detector.LastHigh.Price : double.NaN;
    }

    protected override void Visit(StateVisitor state) => _detector.VisitAll(state);
}
