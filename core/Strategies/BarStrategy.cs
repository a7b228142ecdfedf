using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Strategies;

/// <summary>A strategy that is written bar by bar: it reads <see cref="Indicator.Value"/> and gives its verdict.</summary>
public abstract class BarStrategy : IStrategy
{
    private IndicatorSet _indicators = new();

    public abstract string Name { get; }

    void IStrategy.Prepare(IndicatorSet indicators)
    {
        _indicators = indicators;
        Prepare(indicators);
    }

    void IStrategy.Evaluate(ReadOnlySpan<Candle> candles, Span<Signal> signals, VoteSheet? votes)
    {
        for (var i = 0; i < candles.Length; i++)
        {
            _indicators.MoveTo(i);
            signals[i] = Evaluate(in candles[i], votes);
        }
    }

    /// <summary>Passes the visitor over what it remembers from bar to bar; nothing, unless it says otherwise.</summary>
    public virtual void Visit(StateVisitor state)
    {
    }

    /// <summary>Asks for the indicators that it will read; called once, before the first bar.</summary>
    protected abstract void Prepare(IndicatorSet indicators);

    /// <summary>Judges the bar that has just closed; its indicators include that bar.</summary>
    /// <param name="candle">The closed bar.</param>
    /// <param name="votes">Takes the reasons; null when nobody asks for them.</param>
    protected abstract Signal Evaluate(in Candle candle, VoteSheet? votes);
}
