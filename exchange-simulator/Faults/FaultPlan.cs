namespace OrleansTrader.ExchangeSimulator.Faults;

/// <summary>Says what goes wrong: first what was ordered, then by the probabilities, which the seed turns into the same faults every time.</summary>
internal sealed class FaultPlan(FaultOptions options, long seed)
{
    private readonly Random _random = new(unchecked((int)seed * 7919));
    private readonly List<(FaultKind Kind, string Operation, int Left)> _ordered = [];

    public FaultOptions Options { get; set; } = options;

    /// <summary>How many requests and messages went wrong.</summary>
    public long Count { get; private set; }

    /// <summary>Has the next requests of an operation, or of all whose names begin so, go wrong.</summary>
    public void Order(FaultKind kind, string operation, int count) => _ordered.Add((kind, operation, count));

    public void Clear()
    {
        Options = new FaultOptions();
        _ordered.Clear();
    }

    public Fault Draw(string operation)
    {
        for (var i = 0; i < _ordered.Count; i++)
        {
            var (kind, named, left) = _ordered[i];
            if (!operation.StartsWith(named, StringComparison.Ordinal)) continue;
            if (left > 1) _ordered[i] = (kind, named, left - 1);
            else _ordered.RemoveAt(i);
            Count++;
            return new Fault(kind, TimeSpan.Zero);
        }

        // Both are drawn for every request, so that one setting does not shift the draws of another.
        var (late, wrong) = (_random.NextDouble(), _random.NextDouble());
        if (Options.Operations.Count > 0 && !Options.Operations.Any(name => operation.StartsWith(name, StringComparison.Ordinal))) return default;
        var delay = late < Options.Latency ? TimeSpan.FromMilliseconds(Options.LatencyMilliseconds * (late / Options.Latency)) : TimeSpan.Zero;
        var fault = new Fault(KindAt(wrong), delay);
        if (fault != default) Count++;
        return fault;
    }

    /// <summary>True as often as the probability says.</summary>
    public bool Strikes(double probability)
    {
        if (probability <= 0) return false;
        var strikes = _random.NextDouble() < probability;
        if (strikes) Count++;
        return strikes;
    }

    /// <summary>How long ago it is what a look at balances shows.</summary>
    public TimeSpan DrawBalanceLag()
    {
        if (Options.BalanceLagMilliseconds == 0) return TimeSpan.Zero;
        Count++;
        return TimeSpan.FromMilliseconds(Options.BalanceLagMilliseconds * _random.NextDouble());
    }

    private FaultKind KindAt(double draw)
    {
        ReadOnlySpan<(FaultKind Kind, double Probability)> kinds =
        [
            (FaultKind.DropBefore, Options.DropBefore), (FaultKind.DropAfter, Options.DropAfter),
            (FaultKind.ErrorBefore, Options.ErrorBefore), (FaultKind.ErrorAfter, Options.ErrorAfter),
            (FaultKind.TimeoutBefore, Options.TimeoutBefore), (FaultKind.TimeoutAfter, Options.TimeoutAfter),
            (FaultKind.Overloaded, Options.Overloaded), (FaultKind.TooManyRequests, Options.TooManyRequests), (FaultKind.Banned, Options.Banned),
        ];
        foreach (var (kind, probability) in kinds)
        {
            if (draw < probability) return kind;
            draw -= probability;
        }

        return FaultKind.None;
    }
}
