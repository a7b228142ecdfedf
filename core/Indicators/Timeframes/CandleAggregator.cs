using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators.Timeframes;

/// <summary>Makes the bars of a longer interval out of those of a shorter one; a longer bar is seen only when it has closed.</summary>
/// <remarks>
/// Longer bars begin at multiples of their length from 1970-01-01 UTC, whole weeks on Mondays, as Binance has it. A bar that is
/// missing or not sound is left out of the longer one; where the last of a longer bar is missing, that bar is seen together with
/// the next shorter one. A longer bar of which the beginning was not seen, before the first shorter bar, is left out: its open would be wrong.
/// </remarks>
public sealed class CandleAggregator : Restorable
{
    private readonly Candle[] _closed = new Candle[2];
    private int _closedCount;
    private Candle _open;
    private bool _isOpen;
    private long _lastOpenTime;
    private long _leftOut;

    /// <param name="shorter">Interval of the bars that it takes.</param>
    /// <param name="longer">Interval of the bars that it makes, one or more times as long.</param>
    /// <exception cref="ArgumentException">The longer bars do not consist of whole shorter ones.</exception>
    public CandleAggregator(Interval shorter, Interval longer)
    {
        if (!shorter.Divides(longer))
            throw new ArgumentException($"Bars of {longer} do not consist of whole bars of {shorter}.", nameof(longer));
        (Shorter, Longer) = (shorter, longer);
    }

    /// <summary>Interval of the bars that it takes.</summary>
    public Interval Shorter { get; }

    /// <summary>Interval of the bars that it makes.</summary>
    public Interval Longer { get; }

    /// <summary>The longer bars that have come to be known with the latest shorter one, oldest first: none, one, or two after a gap.</summary>
    public ReadOnlySpan<Candle> Closed => _closed.AsSpan(0, _closedCount);

    /// <summary>Takes the next closed bar.</summary>
    /// <exception cref="ArgumentException">It does not open after the last one.</exception>
    public void Update(in Candle candle)
    {
        _closedCount = 0;
        if (!candle.IsSound) return;
        if (candle.OpenTime.Ticks <= _lastOpenTime)
            throw new ArgumentException($"The candle of {candle.OpenTime:O} does not follow the last one, {new DateTime(_lastOpenTime, DateTimeKind.Utc):O}.", nameof(candle));

        var start = Longer.StartOf(candle.OpenTime);
        if (_lastOpenTime == 0 && candle.OpenTime != start) _leftOut = start.Ticks;
        _lastOpenTime = candle.OpenTime.Ticks;
        if (_isOpen && start != _open.OpenTime) Close();
        if (_isOpen) Join(in candle);
        else if (start.Ticks != _leftOut) Open(in candle, start);
        if (_isOpen && Shorter.CloseOf(candle.OpenTime) >= Longer.CloseOf(start)) Close();
    }

    protected override void Visit(StateVisitor state)
    {
        state.Visit(ref _closedCount);
        state.Visit(ref _isOpen);
        state.Visit(ref _lastOpenTime);
        state.Visit(ref _leftOut);
        Visit(state, ref _open);
        foreach (ref var closed in _closed.AsSpan()) Visit(state, ref closed);
    }

    private static void Visit(StateVisitor state, ref Candle candle)
    {
        var (time, open, high, low, close, volume) = (candle.OpenTime.Ticks, candle.Open, candle.High, candle.Low, candle.Close, candle.Volume);
        state.Visit(ref time);
        state.Visit(ref open);
        state.Visit(ref high);
        state.Visit(ref low);
        state.Visit(ref close);
        state.Visit(ref volume);
        candle = new Candle(new DateTime(time, DateTimeKind.Utc), open, high, low, close, volume);
    }

    private void Open(in Candle candle, DateTime start) => (_open, _isOpen) = (candle with { OpenTime = start }, true);

    private void Join(in Candle candle) => _open = _open with
    {
        High = Math.Max(_open.High, candle.High),
        Low = Math.Min(_open.Low, candle.Low),
        Close = candle.Close,
        Volume = _open.Volume + candle.Volume,
    };

    private void Close()
    {
        _closed[_closedCount++] = _open;
        _isOpen = false;
    }
}
