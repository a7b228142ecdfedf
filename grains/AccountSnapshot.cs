using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Accounts.Performance;

namespace OrleansTrader.Grains;

/// <summary>What a portfolio keeps beside its journal: the account as it stood, the course of its equity and what it has brought.</summary>
public sealed class AccountSnapshot
{
    public AccountState Account { get; set; } = new();

    public EquityCurve Equity { get; set; } = new();

    public PerformanceBook Performance { get; set; } = new();
}
