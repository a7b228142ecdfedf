namespace OrleansTrader.ExchangeSimulator.Accounts;

/// <summary>What an account owns of one asset.</summary>
internal sealed class Balance
{
    public decimal Free { get; set; }

    /// <summary>Held by open orders.</summary>
    public decimal Locked { get; set; }

    public Balance Copy() => new() { Free = Free, Locked = Locked };
}

/// <summary>An account of the exchange with its balances.</summary>
internal sealed class Account(AccountOptions options, long id)
{
    private readonly SortedDictionary<string, Balance> _balances = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _touched = new(StringComparer.Ordinal);

    public AccountOptions Options { get; } = options;

    public string Name => Options.Name;

    public long Id { get; } = id;

    public IReadOnlyDictionary<string, Balance> Balances => _balances;

    /// <summary>What it owned, since its first balances.</summary>
    public BalanceHistory History { get; } = new();

    public bool CanTrade { get; set; } = true;

    /// <summary>True when a trade of the two would be one with oneself.</summary>
    public bool IsKinOf(Account other) => ReferenceEquals(this, other) || (Options.TradeGroup != -1 && Options.TradeGroup == other.Options.TradeGroup);

    public Balance Of(string asset)
    {
        if (_balances.TryGetValue(asset, out var known)) return known;
        var balance = new Balance();
        _balances.Add(asset, balance);
        return balance;
    }

    public decimal FreeOf(string asset) => _balances.TryGetValue(asset, out var balance) ? balance.Free : 0;

    /// <summary>Adds to what is free, or takes from it below 0.</summary>
    public void Move(string asset, decimal amount)
    {
        Of(asset).Free += amount;
        _touched.Add(asset);
    }

    /// <summary>Locks so much of what is free, or frees below 0.</summary>
    public void Lock(string asset, decimal amount)
    {
        var balance = Of(asset);
        (balance.Free, balance.Locked) = (balance.Free - amount, balance.Locked + amount);
        _touched.Add(asset);
    }

    /// <summary>Names an asset that the next message about balances tells of, changed or not.</summary>
    public void Touch(string asset) => _touched.Add(asset);

    /// <summary>The assets that may have changed since the last call.</summary>
    public IReadOnlyList<string> TakeTouched()
    {
        if (_touched.Count == 0) return [];
        string[] assets = [.. _touched];
        _touched.Clear();
        return assets;
    }
}
