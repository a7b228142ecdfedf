using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Regimes;
using OrleansTrader.Core.Strategies.Calibration;
using OrleansTrader.Core.Strategies.Exits;

namespace OrleansTrader.Core.Strategies;

/// <summary>Everything that is computed from the bars of one symbol for one strategy: the same object in backtest, on paper and live.</summary>
public sealed class SymbolAnalyzer
{
    private readonly IndicatorSet _indicators;
    private readonly BarColumns _columns = new();
    private readonly IStrategy _strategy;
    private readonly RegimeDetector? _regime;
    private readonly LevelPlacement? _levels;
    private readonly SignalCalibration? _calibration;
    private StateOwner? _owner;

    /// <param name="strategy">An instance of its own.</param>
    /// <param name="tellsRegime">
    /// True to have every signal bear the regime of its bar. A backtest that explains nothing goes without, unless its strategy asks for
    /// the regime: to tell it costs as much as a few indicators, and no verdict depends on it.
    /// </param>
    /// <param name="interval">Length of the bars; null where no strategy will ask for longer ones.</param>
    /// <param name="exits">Where stops and targets lie; null where the strategy says.</param>
    public SymbolAnalyzer(IStrategy strategy, bool tellsRegime = false, Interval? interval = null, ExitRules? exits = null)
    {
        _strategy = strategy;
        _indicators = new IndicatorSet(interval);
        strategy.Prepare(_indicators);
        if (exits is { PlacesLevels: true } && !strategy.IsUnprotected) _levels = new LevelPlacement(exits, _indicators);
        WarmUp = _indicators.WarmUp;
        _regime = tellsRegime ? RegimeDetector.Of(_indicators) : _indicators.Find<RegimeDetector>();
        _indicators.Close();
        if (!strategy.IsUnprotected) _calibration = new SignalCalibration();
    }

    /// <summary>The reasons of the latest signal; empty after bars that were taken together.</summary>
    public VoteSheet Votes { get; } = new();

    /// <summary>Bars needed before the strategy can speak.</summary>
    public int WarmUp { get; }

    /// <summary>True when the strategy may act on a bar of which its verdict says nothing.</summary>
    public bool LooksAtPosition => _strategy is IPositionStrategy;

    /// <summary>Version of the model that speaks in the verdicts; empty while none does.</summary>
    public string Model => _strategy.Model;

    /// <summary>Takes the next closed bar and gives the strategy's verdict on it.</summary>
    public Signal OnCandle(in Candle candle)
    {
        var signal = Signal.Hold;
        Take(_columns.Of(in candle), new Span<Signal>(ref signal), Votes);
        return signal;
    }

    /// <summary>
    /// A hash by which two verdicts can be told to rest on the same figures: the first eight bytes, in hexadecimal digits, of the SHA-256 over
    /// the latest bar and every output of every indicator after it, indicators in ordinal order of their names, each number in eight bytes,
    /// little end first.
    /// </summary>
    /// <param name="candle">The bar that was taken last.</param>
    public string HashFeatures(in Candle candle) => _indicators.Hash(in candle);

    /// <summary>
    /// Takes the next closed bars, oldest first, and gives the strategy's verdict on each: the same verdicts as bar by bar,
    /// since no account reaches into the analysis, but faster.
    /// </summary>
    /// <param name="signals">As many places as there are bars.</param>
    public void OnCandles(in Bars bars, Span<Signal> signals)
    {
        if (bars.Length > 0) Take(in bars, signals[..bars.Length], votes: null);
    }

    /// <summary>Everything that the next verdicts depend on, but the reasons of the latest one.</summary>
    public byte[] Save() => StateBytes.Save(Owner, Visit);

    /// <summary>Goes on from a saved state as if it had never stopped, bit for bit.</summary>
    /// <exception cref="ArgumentException">The state is of another strategy, of other indicators or of other parameters, as the message says; nothing was changed.</exception>
    public void Restore(byte[] state)
    {
        ArgumentNullException.ThrowIfNull(state);
        StateBytes.Restore(Owner, state, Visit);
        Votes.Clear();
    }

    private StateOwner Owner => _owner ??= new StateOwner($"{_strategy.Name} with {string.Join(", ", _indicators.Names)}", Fingerprint.Of(_strategy, _indicators.All));

    private void Visit(StateVisitor state)
    {
        _indicators.Visit(state);
        _strategy.Visit(state);
        _calibration?.Visit(state);
    }

    private void Take(in Bars bars, Span<Signal> signals, VoteSheet? votes)
    {
        _indicators.Update(in bars);
        Votes.Clear();
        _strategy.Evaluate(bars.Candles, signals, votes);
        _levels?.Take(bars.Candles, signals);
        _calibration?.Take(bars.Candles, signals);
        if (_regime is not null) Stamp(signals, _regime.Values, (byte)_regime.Rules.Version);
    }

    private static void Stamp(Span<Signal> signals, ReadOnlySpan<double> regimes, byte rules)
    {
        for (var i = 0; i < signals.Length && i < regimes.Length; i++)
        {
            var regime = RegimeDetector.ToRegime(regimes[i]);
            signals[i] = signals[i] with { Regime = regime, RegimeRules = regime == MarketRegime.Unknown ? (byte)0 : rules };
        }
    }
}
