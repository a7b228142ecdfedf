using OrleansTrader.Core.Ports;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Grains;

/// <summary>The strategy in force, where it looks at its position before it is acted upon: one instance for all accounts and symbols, since it keeps nothing.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class PositionLooks(StrategyInForce strategies)
{
    private volatile Made? _latest;

    /// <summary>How long a look may take: unless set, two seconds, which is far beyond what one takes and short for whoever pulls the kill switch.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(2);

    /// <param name="key">Name and version of the strategy, as its symbols were asked for it; empty for none.</param>
    /// <returns>Null where it does not look at its position.</returns>
    /// <exception cref="ArgumentException">It is in force no more.</exception>
    public IPositionStrategy? Of(string key)
    {
        if (key.Length == 0) return null;
        if (_latest is { } known && string.Equals(known.Key, key, StringComparison.Ordinal)) return known.Strategy;
        var made = new Made(key, Create(key));
        _latest = made;
        return made.Strategy;
    }

    private IPositionStrategy? Create(string key)
    {
        try
        {
            return strategies.Choice.Create(key) is IPositionStrategy looking ? new BoundedLook(looking, Longest) : null;
        }
        catch (OperatorException)
        {
            // It cannot be made for its symbols either, which are halted and say why.
            return null;
        }
    }

    private sealed record Made(string Key, IPositionStrategy? Strategy);
}
