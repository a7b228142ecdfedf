namespace OrleansTrader.GrainInterfaces;

/// <summary>Where an account goes on.</summary>
/// <param name="IsKnown">False while the account cannot be told from its journal; then nothing may be done for it.</param>
/// <param name="After">The time after which the account wants its next step, UTC: a step that was not decided comes again.</param>
/// <param name="Problem">Why it is not known, in a sentence; empty otherwise.</param>
public sealed record ResumePoint(bool IsKnown, DateTime After, string Problem);
