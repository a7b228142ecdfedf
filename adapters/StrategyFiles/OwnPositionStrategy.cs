using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Adapters.StrategyFiles;

/// <summary>As <see cref="OwnStrategy"/>, of an owner's strategy that looks at its position.</summary>
internal sealed class OwnPositionStrategy(IPositionStrategy inner, StrategySource source, StrategyEntry entry, StrategyValues values)
    : OwnStrategy(inner, source, entry, values), IPositionStrategy
{
    public Signal Reconsider(in Signal signal, in Standing standing, VoteSheet? votes)
    {
        Signal changed;
        try
        {
            changed = inner.Reconsider(in signal, in standing, votes);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            throw Failed("Reconsider", error);
        }

        return changed.Direction == Direction.Hold || WhyNot(in changed) is not { } reason
            ? changed
            : throw Senseless($"when it looked at its position at {standing.Time:yyyy-MM-dd HH:mm}", reason);
    }
}
