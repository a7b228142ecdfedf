namespace OrleansTrader.Core.Accounts;

/// <summary>Takes the facts of one turn of an account, in order; the span is valid during the call only.</summary>
public delegate void FactListener(ReadOnlySpan<Fact> facts);
