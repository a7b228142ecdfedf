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

    /// <summary>The reasons of the latest signal.</summary>
    public VoteSheet Votes { get; } = new();

    /// <summary>Bars needed before the strategy can speak.</summary>
    public int WarmUp => _indicators.WarmUp;

    /// <summary>Takes the next closed bar and gives the strategy's verdict on it.</summary>
    public Signal OnCandle(in Candle candle)
    {
        _indicators.Update(in candle);
        Votes.Clear();
        return _strategy.Evaluate(in candle, Votes);
    }
}
