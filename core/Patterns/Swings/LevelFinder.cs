using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Indicators.Volatility;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Patterns.Swings;

/// <summary>
/// Finds support and resistance: a swing high or low that lies within a share of the average true range of a level moves that level to
/// the mean of its swings, whichever side the price came from, and one that lies near none is a new level. Levels that come as
/// near to each other become one. There are never more than the capacity: then the weakest makes room for a new one.
/// </summary>
/// <remarks>
/// A swing counts from the bar that confirms it, so no level is known before it could be; one that is confirmed before the average
/// range is known (15 bars) is not counted. A bar that is not sound is left out.
/// </remarks>
public sealed class LevelFinder : Restorable
{
    private const int RangePeriod = 14;

    private readonly SwingDetector _swings;
    private readonly Atr _range = new(RangePeriod);
    private readonly Level[] _levels;
    private readonly double _width;
    private readonly double _halfLife;
    private readonly int _touches;
    private int _count;
    private double _close;

    /// <param name="reach">Bars on either side of a swing, 1 or more.</param>
    /// <param name="width">The farthest that a swing may lie from its level, in average true ranges of 14 bars; above 0.</param>
    /// <param name="halfLife">Bars after which a touch counts half, 1 or more.</param>
    /// <param name="touches">Touches that make a support or resistance, 1 or more.</param>
    /// <param name="capacity">The most levels that are kept, 2 or more.</param>
    public LevelFinder(int reach = 3, double width = 0.5, int halfLife = 250, int touches = 2, int capacity = 16)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfLessThan(halfLife, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(touches, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 2);
        (_swings, _width, _halfLife, _touches, _levels) = (new SwingDetector(reach), width, halfLife, touches, new Level[capacity]);
    }

    /// <summary>The levels from the lowest price to the highest, each with the strength that it had at its latest touch.</summary>
    public ReadOnlySpan<Level> Levels => _levels.AsSpan(0, _count);

    /// <summary>The nearest level with enough touches below the latest close, or at it; none when there is none.</summary>
    public Level Support
    {
        get
        {
            for (var i = _count - 1; i >= 0; i--)
            {
                if (_levels[i].Price <= _close && _levels[i].Touches >= _touches) return AsOfNow(in _levels[i]);
            }

            return default;
        }
    }

    /// <summary>The nearest level with enough touches above the latest close; none when there is none.</summary>
    public Level Resistance
    {
        get
        {
            for (var i = 0; i < _count; i++)
            {
                if (_levels[i].Price > _close && _levels[i].Touches >= _touches) return AsOfNow(in _levels[i]);
            }

            return default;
        }
    }

    /// <summary>Takes the next closed bar.</summary>
    public void Update(in Candle candle)
    {
        if (!candle.IsSound) return;
        _close = candle.Close;
        _swings.Update(in candle);
        _range.Update(in candle);
        if (!_range.IsReady) return;
        if (_swings.NewHigh.Exists) Touch(_swings.NewHigh);
        if (_swings.NewLow.Exists) Touch(_swings.NewLow);
    }

    protected override void Visit(StateVisitor state)
    {
        _swings.VisitAll(state);
        _range.VisitAll(state);
        state.Visit(ref _count);
        state.Visit(ref _close);
        foreach (ref var level in _levels.AsSpan())
        {
            var (price, touches, strength, lastBar) = (level.Price, level.Touches, level.Strength, level.LastBar);
            state.Visit(ref price);
            state.Visit(ref touches);
            state.Visit(ref strength);
            state.Visit(ref lastBar);
            level = new Level(price, touches, strength, lastBar);
        }
    }

    private void Touch(in Swing swing)
    {
        var place = Nearest(swing.Price);
        if (place >= 0)
        {
            var level = At(swing.Bar, in _levels[place]);
            RemoveAt(place);
            Put(level with { Price = level.Price + ((swing.Price - level.Price) / (level.Touches + 1)), Touches = level.Touches + 1, Strength = level.Strength + 1 });
        }
        else
        {
            Put(new Level(swing.Price, 1, 1, swing.Bar));
        }
    }

    // A level that has moved may have come close to another: then they are one.
    private void Put(in Level level)
    {
        var merged = level;
        for (var place = Nearest(merged.Price); place >= 0; place = Nearest(merged.Price))
        {
            var other = At(merged.LastBar, in _levels[place]);
            RemoveAt(place);
            var touches = merged.Touches + other.Touches;
            merged = new Level(((merged.Price * merged.Touches) + (other.Price * other.Touches)) / touches, touches, merged.Strength + other.Strength, merged.LastBar);
        }

        if (_count == _levels.Length) RemoveAt(Weakest(merged.LastBar));
        var at = _count++;
        for (; at > 0 && _levels[at - 1].Price > merged.Price; at--) _levels[at] = _levels[at - 1];
        _levels[at] = merged;
    }

    private int Nearest(double price)
    {
        var (nearest, distance) = (-1, _width * _range.Value);
        for (var i = 0; i < _count; i++)
        {
            var away = Math.Abs(_levels[i].Price - price);
            if (away <= distance) (nearest, distance) = (i, away);
        }

        return nearest;
    }

    private int Weakest(long bar)
    {
        var (weakest, strength) = (0, double.PositiveInfinity);
        for (var i = 0; i < _count; i++)
        {
            var level = At(bar, in _levels[i]);
            if (level.Strength < strength) (weakest, strength) = (i, level.Strength);
        }

        return weakest;
    }

    private void RemoveAt(int place)
    {
        _count--;
        _levels.AsSpan(place + 1, _count - place).CopyTo(_levels.AsSpan(place));
        _levels[_count] = default;
    }

    private Level AsOfNow(in Level level) => level with { Strength = At(_swings.Count - 1, in level).Strength };

    private Level At(long bar, in Level level) =>
        level with { Strength = level.Strength * Math.Pow(0.5, (bar - level.LastBar) / _halfLife), LastBar = bar };
}
