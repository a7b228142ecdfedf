namespace OrleansTrader.Silo.Settings;

/// <summary>What an account that is not on paper asks of the other settings: nothing is chosen for its owner, and nothing stands in for what fails.</summary>
internal static class ModeRules
{
    private const string Mode = $"{AccountSettings.Section}:{nameof(AccountSettings.Mode)}";
    private const string Symbols = $"{MarketSettings.Section}:{nameof(MarketSettings.Symbols)}";
    private const string Rest = $"{BinanceSettings.Section}:{nameof(BinanceSettings.RestUrl)}";
    private const string Socket = $"{BinanceSettings.Section}:{nameof(BinanceSettings.SocketUrl)}";

    /// <summary>A sentence for each setting that does not go with the mode.</summary>
    /// <param name="isRefused">True for a setting that was refused for itself, so that its value here is not the one that was meant.</param>
    public static IEnumerable<string> ProblemsOf(TraderSettings settings, Predicate<string> isRefused)
    {
        var (market, binance) = (settings.Market, settings.Binance);
        if (settings.Account.Mode == AccountMode.Paper) yield break;
        var mode = SettingForms.WordOf(settings.Account.Mode.ToString());
        if (market.Source != MarketSource.Binance)
            yield return $"{Mode} is '{mode}' and Market:Source is '{SettingForms.WordOf(market.Source.ToString())}'; it must be binance, since the account is there and no other market stands in for it.";
        if (settings.Account.Mode == AccountMode.Live && market.SymbolList.Count == 0 && !isRefused(Symbols))
            yield return $"{Mode} is 'live' and {Symbols} is empty; name the symbols that real money may buy, such as BTCUSDT,ETHUSDT.";
        if (binance.RestUrl.Length > 0 != binance.SocketUrl.Length > 0 && !isRefused(Rest) && !isRefused(Socket))
            yield return $"{Mode} is '{mode}' and of {Rest} and {Socket} only one is set; set both to one exchange, or neither.";
        if (IsReadable(binance.RestUrl) || IsReadable(binance.SocketUrl))
            yield return $"{Mode} is '{mode}' and {Rest} or {Socket} leads to another machine unencrypted; write https:// and wss://.";
    }

    private static bool IsReadable(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "ws" && !address.IsLoopback;
}
