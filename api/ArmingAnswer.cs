namespace OrleansTrader.Api;

/// <summary>Whether the account opens positions with real money.</summary>
/// <param name="Changed">False when it was so already.</param>
/// <param name="Meaning">What that does, in one sentence.</param>
public sealed record ArmingAnswer(bool IsArmed, bool Changed, string Meaning);
