namespace OrleansTrader.Adapters.Binance.Calls;

/// <summary>The account as the exchange has it.</summary>
public sealed record AccountView
{
    /// <summary>Number of the account at the exchange; 0 where it tells none.</summary>
    public long Uid { get; init; }

    public bool CanTrade { get; init; }

    /// <summary>Whether the account may withdraw; of what the key may do the exchange says nothing here.</summary>
    public bool CanWithdraw { get; init; }

    public bool CanDeposit { get; init; }

    public string AccountType { get; init; } = "";

    public DateTime UpdateTime { get; init; }

    public IReadOnlyList<string> Permissions { get; init; } = [];

    public IReadOnlyList<AssetBalance> Balances { get; init; } = [];
}

/// <summary>What the account has of one asset; both together is all of it.</summary>
/// <param name="Locked">Held for open orders.</param>
public sealed record AssetBalance(string Asset, decimal Free, decimal Locked);

/// <summary>Rates of commission, as shares.</summary>
public sealed record CommissionRates(decimal Maker, decimal Taker, decimal Buyer, decimal Seller);

/// <summary>The reduction for paying commission in the exchange's coin.</summary>
/// <param name="Discount">What the standard rate is multiplied by.</param>
public sealed record CommissionDiscount(bool EnabledForAccount, bool EnabledForSymbol, string DiscountAsset, decimal Discount);

/// <summary>What the account pays for a trade in one symbol: the sum of the three kinds.</summary>
public sealed record CommissionTable
{
    private static readonly CommissionRates None = new(0, 0, 0, 0);

    public string Symbol { get; init; } = "";

    public CommissionRates StandardCommission { get; init; } = None;

    public CommissionRates SpecialCommission { get; init; } = None;

    public CommissionRates TaxCommission { get; init; } = None;

    public CommissionDiscount? Discount { get; init; }
}
