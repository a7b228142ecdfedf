namespace OrleansTrader.ExchangeSimulator.Accounts;

/// <summary>What open orders keep locked of an asset; the legs of a list share one, since only one of them will trade.</summary>
internal sealed class Hold(Account account, string asset)
{
    /// <summary>In the asset.</summary>
    public decimal Amount { get; private set; }

    public string Asset => asset;

    /// <summary>True when the account has so much, what is held already included.</summary>
    public bool CanBe(decimal amount) => amount - Amount <= account.FreeOf(asset);

    public void Resize(decimal amount)
    {
        if (amount == Amount) return;
        account.Lock(asset, amount - Amount);
        Amount = amount;
    }
}
