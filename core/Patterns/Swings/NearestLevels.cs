using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Patterns.Swings;

/// <summary>
/// The support below and the resistance above each close, for a strategy to read beside its other indicators: price in quote currency and
/// strength as <see cref="LevelFinder"/> has them; NaN while there is none.
/// </summary>
public sealed class NearestLevels : BarIndicator
{
    private readonly LevelFinder _finder;

    /// <param name="finder">Finds the levels; for this only.</param>
    public NearestLevels(LevelFinder finder)
        : base(warmUp: 1, nameof(Support))
    {
        _finder = finder;
        SupportStrength = Adds(nameof(SupportStrength), WarmUp);
        Resistance = Adds(nameof(Resistance), WarmUp);
        ResistanceStrength = Adds(nameof(ResistanceStrength), WarmUp);
    }

    public Output Support => Main;

    public Output SupportStrength { get; }

    public Output Resistance { get; }

    public Output ResistanceStrength { get; }

    /// <summary>The one of a symbol with the usual parameters, computed once for all who ask.</summary>
    public static NearestLevels Of(IndicatorSet indicators)
    {
        ArgumentNullException.ThrowIfNull(indicators);
        return indicators.Shared($"LEVELS", () => new NearestLevels(new LevelFinder()));
    }

    protected override double Next(in Candle candle)
    {
        _finder.Update(in candle);
        var (support, resistance) = (_finder.Support, _finder.Resistance);
        if (resistance.Exists)
        {
            Set(Resistance, resistance.Price);
            Set(ResistanceStrength, resistance.Strength);
        }

        if (!support.Exists) return double.NaN;
        Set(SupportStrength, support.Strength);
        return support.Price;
    }

    protected override void Visit(StateVisitor state) => _finder.VisitAll(state);
}
