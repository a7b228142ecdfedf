using OrleansTrader.Core.Accounts;

namespace OrleansTrader.Grains;

/// <summary>What a portfolio keeps beside its journal: the account as it stood, and the course of its equity.</summary>
public sealed class AccountSnapshot
{
    public AccountState Account { get; set; } = new();

    public EquityCurve Equity { get; set; } = new();
}
