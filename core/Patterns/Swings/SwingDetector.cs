using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Indicators.Rolling;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Patterns.Swings;

/// <summary>
/// Finds swing highs and lows: a bar whose high is at least that of each of the <c>reach</c> bars before it and above that of
/// each of the <c>reach</c> bars after it, and the mirror image for lows. It is told once those bars have closed, never before.
/// </summary>
/// <remarks>Of equal highs in a row the last one is the swing. A bar that is not sound is left out.</remarks>
public sealed class SwingDetector : Restorable
{
    private readonly RecentExtreme _highest;
    private readonly RecentExtreme _lowest;
    private readonly long[] _openTimes;
    private long _count;
    private Swing _newHigh;
    private Swing _newLow;
    private Swing _lastHigh;
    private Swing _lastLow;

    /// <param name="reach">Bars on either side, 1 or more.</param>
    public SwingDetector(int reach = 3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(reach, 1);
        Reach = reach;
        _highest = RecentExtreme.Highest((2 * reach) + 1);
        _lowest = RecentExtreme.Lowest((2 * reach) + 1);
        _openTimes = new long[reach + 1];
    }

    /// <summary>Bars on either side, and so the bars after which a swing is known.</summary>
    public int Reach { get; }

    /// <summary>The swing high that the latest bar confirms; none as a rule.</summary>
    public Swing NewHigh => _newHigh;

    /// <summary>The swing low that the latest bar confirms; none as a rule.</summary>
    public Swing NewLow => _newLow;

    /// <summary>The latest swing high that is known; none before the first.</summary>
    public Swing LastHigh => _lastHigh;

    /// <summary>The latest swing low that is known; none before the first.</summary>
    public Swing LastLow => _lastLow;

    /// <summary>Sound bars seen.</summary>
    public long Count => _count;

    /// <summary>Takes the next closed bar.</summary>
    public void Update(in Candle candle)
    {
        (_newHigh, _newLow) = (default, default);
        if (!candle.IsSound) return;

        _openTimes[_count % _openTimes.Length] = candle.OpenTime.Ticks;
        _count++;
        _highest.Add(candle.High);
        _lowest.Add(candle.Low);
        if (_count <= 2 * Reach) return;

        if (_highest.Age == Reach) _lastHigh = _newHigh = SwingAt(_highest.Value);
        if (_lowest.Age == Reach) _lastLow = _newLow = SwingAt(_lowest.Value);
    }

    protected override void Visit(StateVisitor state)
    {
        _highest.Visit(state);
        _lowest.Visit(state);
        foreach (ref var time in _openTimes.AsSpan()) state.Visit(ref time);
        state.Visit(ref _count);
        SwingState.Visit(state, ref _newHigh);
        SwingState.Visit(state, ref _newLow);
        SwingState.Visit(state, ref _lastHigh);
        SwingState.Visit(state, ref _lastLow);
    }

    private Swing SwingAt(double price)
    {
        var bar = _count - 1 - Reach;
        return new Swing(bar, new DateTime(_openTimes[bar % _openTimes.Length], DateTimeKind.Utc), price);
    }
}
