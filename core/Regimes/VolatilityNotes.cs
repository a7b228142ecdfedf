using OrleansTrader.Core.Indicators;

namespace OrleansTrader.Core.Regimes;

/// <summary>The volatilities of the past, sorted, and what follows from them until the next note.</summary>
internal sealed class VolatilityNotes(RegimeRules rules)
{
    private readonly double[] _ring = new double[rules.Notes];
    private readonly double[] _sorted = new double[rules.Notes];
    private int _next;
    private int _count;
    private int _sinceNote;

    public double Median { get; private set; }

    /// <summary>Volatile from here on.</summary>
    public double EnterVolatile { get; private set; }

    /// <summary>Volatile still, from here on.</summary>
    public double StayVolatile { get; private set; }

    /// <summary>Quiet up to here.</summary>
    public double EnterQuiet { get; private set; }

    /// <summary>Quiet still, up to here.</summary>
    public double StayQuiet { get; private set; }

    public void Take(double volatility)
    {
        if (++_sinceNote < rules.NoteEvery) return;
        _sinceNote = 0;
        Note(Math.Max(volatility, rules.LeastNote));
        Conclude();
    }

    public void Visit(StateVisitor state)
    {
        state.Visit(_ring);
        state.Visit(_sorted);
        state.Visit(ref _next);
        state.Visit(ref _count);
        state.Visit(ref _sinceNote);
        if (_count > 0) Conclude();
    }

    private void Note(double volatility)
    {
        if (_count == _ring.Length)
        {
            var leaves = Array.BinarySearch(_sorted, 0, _count, _ring[_next]);
            _sorted.AsSpan(leaves + 1, --_count - leaves).CopyTo(_sorted.AsSpan(leaves));
        }

        var place = Array.BinarySearch(_sorted, 0, _count, volatility);
        if (place < 0) place = ~place;
        _sorted.AsSpan(place, _count++ - place).CopyTo(_sorted.AsSpan(place + 1));
        _sorted[place] = _ring[_next] = volatility;
        _next = (_next + 1) % _ring.Length;
    }

    private void Conclude()
    {
        Median = Percentile(0.5);
        EnterVolatile = Math.Max(Percentile(rules.EnterVolatile.Percentile), rules.EnterVolatile.OfMedian * Median);
        StayVolatile = Math.Max(Percentile(rules.StayVolatile.Percentile), rules.StayVolatile.OfMedian * Median);
        EnterQuiet = Math.Min(Percentile(rules.EnterQuiet.Percentile), rules.EnterQuiet.OfMedian * Median);
        StayQuiet = Math.Min(Percentile(rules.StayQuiet.Percentile), rules.StayQuiet.OfMedian * Median);
    }

    private double Percentile(double share) => _sorted[(int)(share * (_count - 1))];
}
