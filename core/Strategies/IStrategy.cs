using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Strategies;

/// <summary>
/// Turns the bars of one symbol into signals. An instance belongs to one symbol; it sees candles and indicators only,
/// and cannot reach an account, a key or a clock. <see cref="BarStrategy"/> is the plain way to write one.
/// </summary>
public interface IStrategy
{
    /// <summary>The name under which it is chosen, lower case.</summary>
    string Name { get; }

    /// <summary>True when no entry of it ever has a stop, by design; no probability of a win is told for those.</summary>
    bool IsUnprotected => false;

    /// <summary>Version of the model that speaks in its verdicts; empty while none does.</summary>
    string Model => "";

    /// <summary>Asks for the indicators that it will read; called once, before the first bar.</summary>
    void Prepare(IndicatorSet indicators);

    /// <summary>
    /// Judges the bars that have just closed, each from what was known at its close: the place of its own number in
    /// <see cref="Indicator.Values"/> includes that bar and none after it.
    /// </summary>
    /// <param name="candles">One bar when it runs live, many in a backtest; oldest first.</param>
    /// <param name="signals">Takes the verdict on each bar.</param>
    /// <param name="votes">Takes the reasons, empty at the call; null when nobody asks for them, as over many bars.</param>
    void Evaluate(ReadOnlySpan<Candle> candles, Span<Signal> signals, VoteSheet? votes);

    /// <summary>Passes the visitor over everything that it remembers from bar to bar; the indicators remember for themselves.</summary>
    void Visit(StateVisitor state);
}
