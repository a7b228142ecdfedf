using System.Collections.Immutable;
using System.Globalization;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;

namespace OrleansTrader.Core.Accounts;

/// <summary>What an account and its exchange say differently of one moment.</summary>
/// <param name="Orders">Open for the account and confirmed; the exchange does not have them, or not as they should be.</param>
/// <param name="Strays">The account's by name, and rest at the exchange though the account is done with them.</param>
/// <param name="Foreign">Orders of others, of which the account knows nothing; no fault by themselves.</param>
/// <param name="Assets">Money and coins that the one has and the other has not.</param>
public sealed record Differences(ImmutableArray<OrderRequest> Orders, ImmutableArray<RestingOrder> Strays, ImmutableArray<RestingOrder> Foreign, ImmutableArray<AssetDifference> Assets)
{
    /// <summary>Stops of the account that were met and do not trade; no difference by themselves.</summary>
    public ImmutableArray<RestingOrder> Stuck { get; init; } = [];

    /// <summary>The highest number of an order that the exchange has seen, where the account has not come so far: its journal is older than what was traded. 0 otherwise.</summary>
    public long Unwritten { get; init; }

    /// <summary>True when both say the same, whatever others do there.</summary>
    public bool IsNone => Orders.IsEmpty && Strays.IsEmpty && Assets.IsEmpty && Unwritten == 0;

    /// <summary>True when they differ about nothing but money and coins.</summary>
    public bool IsOfAssets => Orders.IsEmpty && Strays.IsEmpty && Unwritten == 0 && !Assets.IsEmpty;

    /// <summary>Symbols about whose orders they differ, and about how many of each.</summary>
    public IEnumerable<(string Symbol, int Count)> Symbols => Orders.Select(order => order.Symbol).Concat(Strays.Select(stray => stray.Symbol))
        .GroupBy(symbol => symbol, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => (group.Key, group.Count()));

    /// <summary>True when they differ about nothing but orders of symbols that are locked for just that.</summary>
    /// <param name="time">UTC.</param>
    public bool AreLocked(AccountState account, DateTime time)
    {
        ArgumentNullException.ThrowIfNull(account);
        return Assets.IsEmpty && Unwritten == 0
            && Symbols.All(differing => account.Risk.Locks.Exists(held => held.Reason == LockReason.Difference && held.Holds(differing.Symbol, time)));
    }

    public bool IsSameAs(Differences other) => Orders.SequenceEqual(other.Orders) && Strays.SequenceEqual(other.Strays) && Assets.SequenceEqual(other.Assets);

    /// <summary>One sentence for a person; empty when they do not differ.</summary>
    public string Describe()
    {
        List<string> parts = [];
        if (Unwritten > 0) parts.Add(Text($"the exchange has seen order {Unwritten} of this account, and its journal has not come so far: it is older than what was traded, or another service trades under the same name; restore the newest journal, stop the other one, or trade under another Account:Name"));
        if (Orders.Length > 0) parts.Add($"the exchange does not have {ListOf(Orders.Select(order => Text($"order {order.OrderId} for {order.Symbol}")))} as the account does");
        if (Strays.Length > 0) parts.Add($"the exchange still has {ListOf(Strays.Select(stray => $"{stray.Name} for {stray.Symbol}"))}");
        foreach (var asset in Assets) parts.Add(Text($"the exchange has {asset.Actual:0.########} {asset.Asset} and the account {asset.Expected:0.########}"));
        var all = string.Join("; ", parts);
        return all.Length == 0 ? "" : $"{char.ToUpperInvariant(all[0])}{all[1..]}.";
    }

    private static string ListOf(IEnumerable<string> words) => string.Join(", ", words);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>An asset of which exchange and account have different amounts.</summary>
/// <param name="Symbol">The account's symbol of which it is the base currency; null for the quote currency.</param>
/// <param name="Expected">By the account.</param>
/// <param name="Actual">By the exchange.</param>
public readonly record struct AssetDifference(string Asset, string? Symbol, decimal Expected, decimal Actual)
{
    /// <summary>Above 0 where the exchange has more.</summary>
    public decimal Surplus => Actual - Expected;
}
