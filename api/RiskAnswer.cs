using OrleansTrader.GrainInterfaces.Views;

namespace OrleansTrader.Api;

/// <summary>What became of a command on limits.</summary>
/// <param name="IsChanged">False when it was so already, or there was nothing of that name.</param>
/// <param name="Risk">How the account stands to its limits afterwards.</param>
public sealed record RiskAnswer(bool IsChanged, RiskView Risk);
