using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Strategies;

/// <summary>
/// Turns the bars of one symbol into signals. An instance belongs to one symbol; it sees candles and indicators only,
/// and cannot reach an account, a key or a clock.
/// </summary>
public interface IStrategy
{
    /// <summary>The name under which it is chosen, lower case.</summary>
    string Name { get; }

    /// <summary>Asks for the indicators that it will read; called once, before the first bar.</summary>
    void Prepare(IndicatorSet indicators);

    /// <summary>Judges the bar that has just closed; its indicators include that bar.</summary>
    /// <param name="candle">The closed bar.</param>
    /// <param name="votes">Takes the reasons; empty at the call.</param>
    Signal Evaluate(in Candle candle, VoteSheet votes);
}
