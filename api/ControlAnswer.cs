using OrleansTrader.Core.Risk;

namespace OrleansTrader.Api;

/// <summary>What a control command did.</summary>
/// <param name="Changed">False when it was so already.</param>
/// <param name="Meaning">What the run state does, in one sentence.</param>
public sealed record ControlAnswer(RunState Run, bool Changed, string Meaning);
