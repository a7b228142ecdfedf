using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;
using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Silo.Valuation;

/// <summary>Finds what connects the account's currency with the one in which its owner wants to see it too.</summary>
internal static class ValuationChoice
{
    private const string Currency = $"{AccountSettings.Section}:{nameof(AccountSettings.Valuation)}";
    private const string Symbol = $"{AccountSettings.Section}:{nameof(AccountSettings.ValuationSymbol)}";

    /// <summary>What is wrong with the settings by themselves; null when nothing is.</summary>
    public static string? ProblemOf(AccountSettings account) => (account.Valuation.Length > 0, account.ValuationSymbol.Length > 0) switch
    {
        (true, false) => $"{Currency} is '{account.Valuation}', but {Symbol} is missing; name the symbol whose close is the rate, such as BTCUSDT.",
        (false, true) => $"{Symbol} is '{account.ValuationSymbol}', but {Currency} is missing; name the currency, such as USDT.",
        _ => null,
    };

    /// <summary>The settings of a market that has the symbol also where those that are traded are named without it.</summary>
    public static MarketSettings WithSymbol(MarketSettings market, AccountSettings account) =>
        account.ValuationSymbol.Length == 0 || market.SymbolList.Count == 0 || IsNamed(market, account)
            ? market
            : market with { Symbols = $"{market.Symbols},{account.ValuationSymbol}" };

    /// <summary>
    /// The market without the symbol that is only looked at: where those that are traded are named without it, or where its price is in
    /// another currency than theirs.
    /// </summary>
    /// <exception cref="SettingsException">The symbol is none of the market's.</exception>
    public static IMarketFeed Traded(IMarketFeed feed, TraderSettings settings)
    {
        var account = settings.Account;
        if (account.ValuationSymbol.Length == 0) return feed;
        var watched = Find(feed, account);
        var others = feed.Symbols.Where(rules => rules != watched).ToArray();
        if (others.Length == 0) return feed;
        var isTraded = settings.Market.SymbolList.Count == 0 || IsNamed(settings.Market, account);
        return isTraded && Array.TrueForAll(others, rules => Is(rules.QuoteAsset, watched.QuoteAsset)) ? feed : new WatchedSymbolFeed(feed, watched.Symbol);
    }

    /// <param name="feed">All symbols of the market, that included which is only looked at.</param>
    /// <param name="traded">The symbols that the account trades, all in one currency.</param>
    /// <returns>Null where the settings ask for no other currency.</returns>
    /// <exception cref="SettingsException">The symbol is none of the market's, or does not connect the two currencies, or these are one.</exception>
    public static CurrencyPair? PairOf(IMarketFeed feed, IReadOnlyList<SymbolRules> traded, AccountSettings account)
    {
        if (account.Valuation.Length == 0) return null;
        var rules = Find(feed, account);
        var (from, to) = (traded[0].QuoteAsset, account.Valuation.ToUpperInvariant());
        if (Is(from, to)) throw new SettingsException($"{Currency} is '{account.Valuation}', which the account counts in anyway; name another currency, or leave it out.");
        return CurrencyPair.Of(rules, from, to)
            ?? throw new SettingsException($"{Symbol} is '{account.ValuationSymbol}', which connects {rules.BaseAsset} and {rules.QuoteAsset}; to count {from} in {to} it must be {from}{to} or {to}{from}.");
    }

    private static SymbolRules Find(IMarketFeed feed, AccountSettings account) =>
        feed.Symbols.FirstOrDefault(rules => string.Equals(rules.Symbol, account.ValuationSymbol, StringComparison.OrdinalIgnoreCase))
        ?? throw new SettingsException($"{Symbol} is '{account.ValuationSymbol}', which is no symbol of the market; it has {string.Join(", ", feed.Symbols.Select(known => known.Symbol))}.");

    private static bool IsNamed(MarketSettings market, AccountSettings account) => market.SymbolList.Contains(account.ValuationSymbol, StringComparer.OrdinalIgnoreCase);

    private static bool Is(string currency, string other) => string.Equals(currency, other, StringComparison.Ordinal);
}
