using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Strategies;

/// <summary>Everything that is computed from the bars of one symbol for one strategy: the same object in backtest, on paper and live.</summary>
public sealed class SymbolAnalyzer
{
    private readonly IndicatorSet _indicators = new();
    private readonly IStrategy _strategy;

    public SymbolAnalyzer(IStrategy strategy)
    {
        _strategy = strategy;
        strategy.Prepare(_indicators);
    }

    /// <summary>The reasons of the latest signal; empty after bars that were taken together.</summary>
    public VoteSheet Votes { get; } = new();

    /// <summary>Bars needed before the strategy can speak.</summary>
    public int WarmUp => _indicators.WarmUp;

    /// <summary>Takes the next closed bar and gives the strategy's verdict on it.</summary>
    public Signal OnCandle(in Candle candle)
    {
        var signal = Signal.Hold;
        Take(new ReadOnlySpan<Candle>(in candle), new Span<Signal>(ref signal), Votes);
        return signal;
    }

    /// <summary>
    /// Takes the next closed bars, oldest first, and gives the strategy's verdict on each: the same verdicts as bar by bar,
    /// since no account reaches into the analysis, but faster.
    /// </summary>
    /// <param name="signals">As many places as there are bars.</param>
    public void OnCandles(ReadOnlySpan<Candle> candles, Span<Signal> signals)
    {
        if (!candles.IsEmpty) Take(candles, signals[..candles.Length], votes: null);
    }

    /// <summary>Everything that the next verdicts depend on, but the reasons of the latest one.</summary>
    public byte[] Save() => StateBytes.Save(Visit);

    /// <summary>Goes on from a saved state as if it had never stopped, bit for bit.</summary>
    /// <exception cref="ArgumentException">The state is not of an analyzer for the same strategy.</exception>
    public void Restore(byte[] state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Votes.Clear();
        StateBytes.Restore(state, Visit);
    }

    private void Visit(StateVisitor state)
    {
        _indicators.Visit(state);
        _strategy.Visit(state);
    }

    private void Take(ReadOnlySpan<Candle> candles, Span<Signal> signals, VoteSheet? votes)
    {
        _indicators.Update(candles);
        Votes.Clear();
        _strategy.Evaluate(candles, signals, votes);
    }
}
