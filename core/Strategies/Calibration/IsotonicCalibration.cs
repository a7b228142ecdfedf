using OrleansTrader.Core.Indicators;

namespace OrleansTrader.Core.Strategies.Calibration;

/// <summary>
/// How much of what they could win signals of some confidence won in the past, as a function that never falls as confidence rises: isotonic regression by
/// pooling adjacent violators (Ayer and others, 1955). Confidence is taken in hundredths.
/// </summary>
/// <remarks>
/// An outcome is added in constant time, however many came before; the pools are made anew, over the hundred hundredths, when
/// somebody asks after one.
/// </remarks>
public sealed class IsotonicCalibration
{
    /// <summary>A pool of fewer outcomes says nothing.</summary>
    public const int LeastOutcomes = 30;

    private const int Places = 101;

    private readonly double[] _wins = new double[Places];
    private readonly double[] _trades = new double[Places];
    private readonly double[] _probabilities = new double[Places];
    private readonly int[] _evidence = new int[Places];
    private readonly double[] _pooledWins = new double[Places];
    private readonly double[] _pooledTrades = new double[Places];
    private readonly int[] _firsts = new int[Places];
    private bool _isStale = true;

    /// <param name="confidence">Of the signal, 0 to 1.</param>
    /// <param name="outcome">1 for a win, 0 for a loss, and what lies between for a trade that ended between the two.</param>
    public void Add(double confidence, double outcome)
    {
        var place = PlaceOf(confidence);
        _trades[place]++;
        _wins[place] += outcome;
        _isStale = true;
    }

    /// <summary>
    /// The share of wins in the pool to which a confidence belongs, 0 to 1; between pools it is that of the lower one. NaN below all
    /// that was seen, and where the pool has fewer than <see cref="LeastOutcomes"/>.
    /// </summary>
    public double ProbabilityAt(double confidence)
    {
        if (_isStale) Pool();
        return _probabilities[PlaceOf(confidence)];
    }

    /// <summary>The outcomes in the pool to which a confidence belongs, whether or not they are enough to say anything; 0 below all that was seen.</summary>
    public int TradesAt(double confidence)
    {
        if (_isStale) Pool();
        return _evidence[PlaceOf(confidence)];
    }

    internal void Visit(StateVisitor state)
    {
        state.Visit(_wins);
        state.Visit(_trades);
        _isStale = true;
    }

    private static int PlaceOf(double confidence) => (int)Math.Round(Math.Clamp(confidence, 0, 1) * (Places - 1));

    private void Pool()
    {
        var pools = 0;
        for (var place = 0; place < Places; place++)
        {
            if (_trades[place] == 0) continue;
            (_pooledWins[pools], _pooledTrades[pools], _firsts[pools]) = (_wins[place], _trades[place], place);
            // Where every trade won or lost these are whole numbers, so that products compare shares without rounding.
            for (; pools > 0 && _pooledWins[pools - 1] * _pooledTrades[pools] >= _pooledWins[pools] * _pooledTrades[pools - 1]; pools--)
            {
                _pooledWins[pools - 1] += _pooledWins[pools];
                _pooledTrades[pools - 1] += _pooledTrades[pools];
            }

            pools++;
        }

        Array.Fill(_probabilities, double.NaN);
        Array.Clear(_evidence);
        for (var pool = 0; pool < pools; pool++)
        {
            _evidence.AsSpan(_firsts[pool]).Fill((int)_pooledTrades[pool]);
            if (_pooledTrades[pool] >= LeastOutcomes) _probabilities.AsSpan(_firsts[pool]).Fill(_pooledWins[pool] / _pooledTrades[pool]);
            else _probabilities.AsSpan(_firsts[pool]).Fill(double.NaN);
        }

        _isStale = false;
    }
}
