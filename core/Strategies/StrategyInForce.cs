namespace OrleansTrader.Core.Strategies;

/// <summary>The strategy that this process trades by; its owner may put a changed one in its place, which holds from the next step on.</summary>
/// <remarks>Thread-safe. Whoever leads a step reads the choice once, so that all symbols of the step are judged by the same.</remarks>
public sealed class StrategyInForce(StrategyChoice choice)
{
    private volatile StrategyChoice _choice = choice;
    private volatile string? _problem;

    public StrategyChoice Choice => _choice;

    /// <summary>Why a change of its file was not taken, in a sentence; null where there is none.</summary>
    public string? Problem => _problem;

    /// <summary>Lets another choice hold.</summary>
    public void Replace(StrategyChoice changed)
    {
        _choice = changed;
        _problem = null;
    }

    /// <summary>Says why the choice stays as it is, or, with null, that nothing stands against it any more.</summary>
    public void Keep(string? problem) => _problem = problem;
}
