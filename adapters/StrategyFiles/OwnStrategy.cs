using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Adapters.StrategyFiles;

/// <summary>
/// A strategy of the owner as the service runs it: what it throws is told with its file and line, and a signal that makes no sense goes
/// no further.
/// </summary>
/// <remarks>Its state is that of this version of the file with these parameters, and of no other.</remarks>
internal class OwnStrategy : IStrategy
{
    /// <summary>Beyond it no price means anything.</summary>
    private const double MostOfAnything = 1e12;

    private readonly IStrategy _inner;
    // A function, since what tells saved states apart is what the strategy is, not where its file lies.
    private readonly Func<Exception?, string> _where;
    private readonly string _version;
    private readonly string _values;

    /// <param name="inner">Null where its entry has made nothing.</param>
    /// <exception cref="OwnStrategyException">It does not say of itself what its entry says.</exception>
    protected OwnStrategy(IStrategy? inner, StrategySource source, StrategyEntry entry, StrategyValues values)
    {
        (_where, _version, _values, Name) = (source.Where, source.Version, values.ToString(), entry.Name);
        _inner = inner ?? throw new OwnStrategyException($"{source.Name}: the entry of {Name} creates nothing; it must create the strategy, as in values => new {Name.Replace("-", "", StringComparison.Ordinal)}(values).");
        if (!string.Equals(_inner.Name, Name, StringComparison.Ordinal))
            throw new OwnStrategyException($"{source.Name}: the strategy is called {_inner.Name}, but its entry says {Name}; write Name => Entry.Name.");
        if (_inner.IsUnprotected != entry.IsUnprotected)
            throw new OwnStrategyException($"{source.Name}: {Name} says that IsUnprotected is {Word(_inner.IsUnprotected)}, but its entry says {Word(entry.IsUnprotected)}; both must say the same.");
    }

    /// <summary>Makes the strategy of a file, guarded in all that it does.</summary>
    /// <exception cref="OwnStrategyException">Its constructor fails, or it does not say of itself what its entry says.</exception>
    public static OwnStrategy Create(StrategySource source, StrategyEntry entry, StrategyValues values)
    {
        var inner = Guarded(entry.Name, source.Where, "its constructor", () => entry.Create(values));
        return inner is IPositionStrategy positioned ? new OwnPositionStrategy(positioned, source, entry, values) : new OwnStrategy(inner, source, entry, values);
    }

    public string Name { get; }

    public bool IsUnprotected => _inner.IsUnprotected;

    public string Model => _inner.Model;

    public void Prepare(IndicatorSet indicators) => Guarded("Prepare", () =>
    {
        _inner.Prepare(indicators);
        return true;
    });

    public void Evaluate(ReadOnlySpan<Candle> candles, Span<Signal> signals, VoteSheet? votes)
    {
        try
        {
            _inner.Evaluate(candles, signals, votes);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            throw Failed("Evaluate", error);
        }

        for (var i = 0; i < candles.Length; i++)
            if (signals[i].Direction != Direction.Hold && WhyNot(in signals[i]) is { } reason)
                throw Senseless($"after the bar of {candles[i].OpenTime:yyyy-MM-dd HH:mm}", reason);
    }

    public void Visit(StateVisitor state) => Guarded("Visit", () =>
    {
        _inner.Visit(state);
        return true;
    });

    protected string? WhyNot(in Signal signal)
    {
        if (signal.Direction > Direction.Add) return $"there is no direction {(int)signal.Direction}";
        if (signal.Confidence is not (>= 0 and <= 1)) return FormattableString.Invariant($"its confidence is {signal.Confidence}, which must be from 0 to 1");
        if (!double.IsNaN(signal.Trail) && signal.Trail is not (> 0 and < MostOfAnything)) return FormattableString.Invariant($"its trail is {signal.Trail}");
        if (!double.IsNaN(signal.WinProbability) && signal.WinProbability is not (>= 0 and <= 1)) return FormattableString.Invariant($"its win probability is {signal.WinProbability}, which must be from 0 to 1");
        if (!signal.IsEntry) return null;
        if (double.IsNaN(signal.Stop) && double.IsNaN(signal.Target)) return IsUnprotected ? null : "it buys without a stop; give it a stop and a target, or say in entry and class that IsUnprotected is true";
        if (signal.Stop is not (> 0 and < MostOfAnything)) return FormattableString.Invariant($"its stop is {signal.Stop}");
        return double.IsNaN(signal.Target) || signal.Target is > 0 and < MostOfAnything ? null : FormattableString.Invariant($"its target is {signal.Target}");
    }

    protected OwnStrategyException Senseless(string when, string reason) => new($"Strategy {Name} ({_where(null)}) gave a signal that makes no sense {when}: {reason}.");

    protected OwnStrategyException Failed(string stage, Exception error) => Failed(Name, _where, stage, error);

    private T Guarded<T>(string stage, Func<T> act) => Guarded(Name, _where, stage, act);

    private static T Guarded<T>(string name, Func<Exception?, string> where, string stage, Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception error) when (error is not (OutOfMemoryException or OwnStrategyException))
        {
            throw Failed(name, where, stage, error);
        }
    }

    private static OwnStrategyException Failed(string name, Func<Exception?, string> where, string stage, Exception error)
    {
        var cause = error is TypeInitializationException { InnerException: { } inner } ? inner : error;
        return new($"Strategy {name} ({where(cause)}) failed in {stage}: {cause.GetType().Name}: {cause.Message.TrimEnd('.')}.", cause);
    }

    private static string Word(bool value) => value ? "true" : "false";
}
