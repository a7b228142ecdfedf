namespace OrleansTrader.Core.Strategies;

/// <summary>
/// A strategy that looks at its position before the account acts upon its verdict. The verdicts come of the bars alone and may be made
/// ahead; this second step is taken where the account decides, so that it is the same in a backtest, on paper and live.
/// </summary>
/// <remarks>
/// <para>It is asked by an instance that is made for the account, serves all its symbols and sees no bar: <see cref="IStrategy.Prepare"/>
/// is never called on it. What it answers may depend on its parameters and its arguments alone; it may keep nothing from one call to the
/// next, not even in static fields, since a restart would not bring that back. What it needs of the bars its verdict carries: the
/// confidence, the trail, and of a <see cref="Direction.Hold"/> the stop and the target as well, which mean nothing else there.</para>
/// <para>When it throws, the symbol is left as if it had said <see cref="Direction.Hold"/>, but a wish to leave stands. In a backtest
/// the run ends.</para>
/// </remarks>
public interface IPositionStrategy : IStrategy
{
    /// <summary>The signal to act upon; asked after each bar of a symbol of which something is held, and before each entry.</summary>
    /// <param name="signal">The verdict on the bar.</param>
    /// <param name="standing">Where the strategy stands in the symbol after that bar.</param>
    /// <param name="votes">Takes the reasons for what is changed, empty at the call; null when nobody asks for them.</param>
    Signal Reconsider(in Signal signal, in Standing standing, VoteSheet? votes);
}
