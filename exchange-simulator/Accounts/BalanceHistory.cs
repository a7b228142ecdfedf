namespace OrleansTrader.ExchangeSimulator.Accounts;

/// <summary>What an account owned a while ago; older moments than ten minutes are forgotten.</summary>
internal sealed class BalanceHistory
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private readonly List<(DateTime Since, IReadOnlyDictionary<string, Balance> Balances)> _kept = [];

    public void Keep(DateTime now, IReadOnlyDictionary<string, Balance> balances)
    {
        var copy = new SortedDictionary<string, Balance>(StringComparer.Ordinal);
        foreach (var (asset, balance) in balances) copy.Add(asset, balance.Copy());
        if (_kept is [.., var latest] && latest.Since == now) _kept.RemoveAt(_kept.Count - 1);
        _kept.Add((now, copy));
        // The oldest one that is kept holds from before the span on.
        while (_kept.Count > 1 && _kept[1].Since <= now - Longest) _kept.RemoveAt(0);
    }

    /// <summary>What was owned at that moment, and since when; the oldest that is known, where that is younger.</summary>
    public (DateTime Since, IReadOnlyDictionary<string, Balance> Balances) At(DateTime time)
    {
        var index = _kept.FindLastIndex(state => state.Since <= time);
        return _kept[Math.Max(index, 0)];
    }
}
