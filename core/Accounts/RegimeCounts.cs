namespace OrleansTrader.Core.Accounts;

/// <summary>How often an account decided what in one regime.</summary>
public readonly record struct RegimeCounts(int Bought, int Left, int Refused);
