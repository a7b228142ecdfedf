using OrleansTrader.ExchangeSimulator.Accounts;

namespace OrleansTrader.ExchangeSimulator.Api;

/// <summary>What an account owns as the exchange writes it.</summary>
internal static class BalanceJson
{
    public static void Write(Wire wire, IReadOnlyDictionary<string, Balance> balances, bool omitsZero = false)
    {
        wire.OpenList("balances");
        foreach (var (asset, balance) in balances)
        {
            if (omitsZero && balance is { Free: 0, Locked: 0 }) continue;
            wire.Open();
            wire.Text("asset", asset);
            wire.Amount("free", balance.Free);
            wire.Amount("locked", balance.Locked);
            wire.Close();
        }

        wire.CloseList();
    }
}
