namespace OrleansTrader.GrainInterfaces;

/// <summary>Whether the account is open.</summary>
/// <param name="IsOpen">False when it is bound to another market.</param>
/// <param name="Market">The market that it is bound to.</param>
public sealed record OpenOutcome(bool IsOpen, string Market);
