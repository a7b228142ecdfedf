namespace OrleansTrader.GrainInterfaces;

/// <summary>Whether the account is open, and where it stands.</summary>
/// <param name="IsOpen">False when it is bound to another market.</param>
/// <param name="Market">The market that it is bound to.</param>
/// <param name="ResumeAfter">The last step that is done: the account goes on with the one after it, UTC.</param>
public sealed record OpenOutcome(bool IsOpen, string Market, DateTime ResumeAfter);
