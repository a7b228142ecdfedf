namespace OrleansTrader.Core.Accounts;

/// <summary>What is remembered of a closed trade.</summary>
/// <param name="Time">When it was closed, UTC.</param>
/// <param name="Pnl">Profit or loss after the fees of both sides, quote currency.</param>
/// <param name="Paid">What was paid for what it sold, quote currency.</param>
public readonly record struct ClosedTrade(string Symbol, DateTime Time, ExitReason Exit, double Pnl, double Paid);
