using OrleansTrader.Adapters.Binance.Calls;

namespace OrleansTrader.Adapters.Binance.Execution;

/// <summary>What came of a look at an account before it trades.</summary>
/// <param name="Account">As the exchange has it; null where there is a problem.</param>
/// <param name="Problem">Why it is not to be traded with, and what to do, in one sentence; null when it can be.</param>
/// <param name="Advice">What its owner should know or could do better, a sentence each.</param>
public sealed record AccountReport(AccountView? Account, string? Problem, IReadOnlyList<string> Advice);
