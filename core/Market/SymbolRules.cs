using System.Runtime.CompilerServices;

namespace OrleansTrader.Core.Market;

/// <summary>
/// The exchange's trading rules of one symbol: price moves in <see cref="TickSize"/>, quantity in <see cref="StepSize"/>
/// (base currency), and no order may be worth less than <see cref="MinNotional"/> (quote currency).
/// </summary>
public sealed record SymbolRules(string Symbol, string BaseAsset, string QuoteAsset, decimal TickSize, decimal StepSize, decimal MinNotional)
{
    // A price that was a whole number of ticks before it became a double may lie this far beside it.
    private const double TickTolerance = 1e-6;

    private readonly double _tick = (double)Positive(TickSize, nameof(TickSize));
    private readonly double _step = (double)Positive(StepSize, nameof(StepSize));
    private readonly int _tickDecimals = Exact.DecimalsOf(TickSize);
    private readonly int _stepDecimals = Exact.DecimalsOf(StepSize);

    public decimal TickSize
    {
        get;
        init => (field, _tick, _tickDecimals) = (value, (double)Positive(value, nameof(TickSize)), Exact.DecimalsOf(value));
    } = TickSize;

    public decimal StepSize
    {
        get;
        init => (field, _step, _stepDecimals) = (value, (double)Positive(value, nameof(StepSize)), Exact.DecimalsOf(value));
    } = StepSize;

    // Named after the two above, so that journals go on listing it after them.
    public decimal MinNotional { get; init; } = MinNotional;

    /// <summary>Base currency that one order at the market may have at the most, without which a larger position could not be left at once; 0 for no bound.</summary>
    public decimal MostAtMarket { get; init; }

    /// <summary>The nearest whole number of ticks.</summary>
    public decimal RoundToTick(double price) => Ticks((long)Math.Round(price / _tick));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public decimal RoundUpToTick(double price) => Ticks((long)Math.Ceiling((price / _tick) - TickTolerance));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public decimal RoundDownToTick(double price) => Ticks((long)Math.Floor((price / _tick) + TickTolerance));

    /// <summary>The largest whole number of steps that is not above <paramref name="quantity"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public decimal FloorToStep(decimal quantity)
    {
        if (!Exact.IsPositive(quantity)) return 0;
        return quantity.Scale <= _stepDecimals ? quantity : FloorBetweenSteps(quantity);
    }

    private decimal FloorBetweenSteps(decimal quantity)
    {
        var quotient = (double)quantity / _step;
        if (Exact.TryFloor(quotient, out var steps)) return Steps(steps);
        // On a step, or as good as on one.
        var nearest = Steps((long)Math.Round(quotient));
        return nearest <= quantity ? nearest : nearest - StepSize;
    }

    /// <summary>The largest whole number of steps whose cost at <paramref name="unitCost"/> is within <paramref name="budget"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public decimal Affordable(decimal budget, decimal unitCost)
    {
        if (!Exact.IsPositive(budget) || !Exact.IsPositive(unitCost)) return 0;
        if (Exact.TryFloor((double)budget / ((double)unitCost * _step), out var steps)) return Steps(steps);
        return AffordableExactly(steps, budget, unitCost);
    }

    private decimal AffordableExactly(long steps, decimal budget, decimal unitCost)
    {
        // A double gives the number of steps to within one; the decimal products below decide exactly, without a decimal division.
        var quantity = StepSize * steps;
        while (quantity > 0 && quantity * unitCost > budget) quantity -= StepSize;
        while ((quantity + StepSize) * unitCost <= budget) quantity += StepSize;
        return quantity;
    }

    // What has no more decimals than a tick of 0.01 is a whole number of them; a remainder is the dearest way to find out.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsOnTick(decimal price) => price.Scale <= _tickDecimals || price % TickSize == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsOnStep(decimal quantity) => quantity.Scale <= _stepDecimals || quantity % StepSize == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private decimal Ticks(long count) => Exact.Times(count, TickSize, _tickDecimals);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private decimal Steps(long count) => Exact.Times(count, StepSize, _stepDecimals);

    private static decimal Positive(decimal value, string name) =>
        value > 0 ? value : throw new ArgumentOutOfRangeException(name, value, "A tick or step is above zero.");
}
