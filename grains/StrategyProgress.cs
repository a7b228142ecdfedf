using OrleansTrader.GrainInterfaces;

namespace OrleansTrader.Grains;

/// <summary>What a strategy is doing, in words.</summary>
internal sealed class StrategyProgress
{
    private bool _isFailing;

    public string State { get; private set; } = "waiting to be started";

    /// <param name="problem">Why it failed; empty when that is not known.</param>
    /// <returns>True when there is something new to say.</returns>
    public bool Take(StepOutcome outcome, string problem)
    {
        var before = State;
        State = outcome switch
        {
            StepOutcome.Done => "stepping",
            StepOutcome.Waiting => "waiting for the next bar",
            StepOutcome.Ended => "ended: the market has no more bars",
            _ when problem.Length > 0 => $"failing, and trying again: {problem}",
            // What is known of the reason holds until a step is done again.
            _ => _isFailing ? before : "failing: the step will be tried again",
        };
        _isFailing = outcome == StepOutcome.Failed;
        return !string.Equals(before, State, StringComparison.Ordinal);
    }
}
