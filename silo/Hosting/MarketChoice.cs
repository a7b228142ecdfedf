using OrleansTrader.Adapters.Feeds;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;
using OrleansTrader.Silo.Settings;
using OrleansTrader.Silo.Valuation;

namespace OrleansTrader.Silo.Hosting;

/// <summary>The market source that is used.</summary>
/// <param name="Source">replay, synthetic or binance.</param>
/// <param name="Note">How it was chosen, if it was not named.</param>
public sealed record MarketChoice(IMarketFeed Feed, string Source, string? Note)
{
    private static readonly string[] StandardSymbols = ["ADAUSDT", "BTCUSDT", "ETHUSDT", "SOLUSDT"];

    /// <summary>What is wrong with the recorded candles that are left out, one sentence each; none for an invented market.</summary>
    public IReadOnlyList<string> Problems => Whole is ReplayFeed replay ? replay.Problems : [];

    /// <summary>Why the index of candle files was of no use, in a sentence; null when it was, or there is none.</summary>
    public string? IndexNote => Whole is ReplayFeed replay ? replay.IndexNote : null;

    /// <summary>The line to the exchange; null where the market is none.</summary>
    internal ExchangeLine? Line { get; init; }

    /// <summary>Whose money is at stake at the exchange; null where the market is none.</summary>
    internal ExchangePlace? Place { get; init; }

    /// <summary>With the symbol that is only looked at, where there is one.</summary>
    public IMarketFeed Whole => Feed is WatchedSymbolFeed watching ? watching.Inner : Feed;

    /// <summary>The market with the pair that connects the account's currency with another; null where its owner asked for none.</summary>
    /// <param name="index">Of candle files; null for none.</param>
    /// <exception cref="MarketFeedException">The named source has nothing to give, or the symbols that are traded count in several currencies.</exception>
    /// <exception cref="SettingsException">The pair cannot be.</exception>
    public static (MarketChoice Market, CurrencyPair? Valuation) Make(TraderSettings settings, ICandleIndex? index)
    {
        var whole = Make(ValuationChoice.WithSymbol(settings.Market, settings.Account), settings, index);
        var market = whole with { Feed = InOneCurrency(ValuationChoice.Traded(whole.Feed, settings)) };
        return (market, ValuationChoice.PairOf(whole.Feed, market.Feed.Symbols, settings.Account));
    }

    private static MarketChoice Make(MarketSettings settings, TraderSettings all, ICandleIndex? index)
    {
        switch (settings.Source)
        {
            case MarketSource.Replay: return new MarketChoice(Recorded(settings, index), "replay", Note: null);
            case MarketSource.Synthetic: return new MarketChoice(Synthetic(settings), "synthetic", Note: null);
            case MarketSource.Binance:
                var line = new ExchangeLine(all.Binance, all.Rehearsal);
                var feed = line.Feed(settings.Interval, settings.SymbolList.Count > 0 ? settings.SymbolList : StandardSymbols);
                // A start has nothing else to do, and no thread waits for another here.
                return new MarketChoice(feed, "binance", Note: null) { Line = line, Place = line.PlaceAsync().GetAwaiter().GetResult() };
        }

        if (Directory.Exists(settings.Path) && new CandleFolder(settings.Path).SymbolsAt(settings.Interval).Count > 0)
            return new MarketChoice(Recorded(settings, index), "replay", $"Market:Source is auto and there are candle files in {settings.Path}, so they are replayed.");
        // A folder that somebody has named is meant: invented prices would be mistaken for what is in it.
        if (!string.Equals(settings.Path, new MarketSettings().Path, StringComparison.Ordinal))
            throw new MarketFeedException($"Market:Path is {settings.Path}, which has no candle files at {settings.Interval}; name a folder that has, or set Market:Source to synthetic for invented prices.");
        return new MarketChoice(Synthetic(settings), "synthetic", $"Market:Source is auto and {settings.Path} has no candle files at {settings.Interval}, so prices are invented; --Market:Source=binance takes live ones.");
    }

    /// <summary>The candle files that the settings name, also for a run from the command line.</summary>
    /// <exception cref="MarketFeedException">There are none, or they count in several currencies.</exception>
    public static ReplayFeed Replay(MarketSettings settings, CancellationToken cancellation = default) => InOneCurrency(ReplayFeed.Load(OptionsOf(settings), cancellation));

    private static ReplayFeed Recorded(MarketSettings settings, ICandleIndex? index) => index is null
        ? ReplayFeed.Load(OptionsOf(settings))
        : ReplayFeed.LoadAsync(OptionsOf(settings), index, TimeProvider.System).GetAwaiter().GetResult();

    private static ReplayOptions OptionsOf(MarketSettings settings) => new(settings.Path, settings.Interval)
    {
        Symbols = settings.SymbolList,
        From = settings.From,
        To = settings.To,
        BadRows = settings.BadRows == Settings.BadRows.Stop ? BadRowPolicy.Stop : BadRowPolicy.Skip,
    };

    private static SyntheticFeed Synthetic(MarketSettings settings) =>
        new(settings.Seed, settings.Interval, settings.SymbolList.Count > 0 ? settings.SymbolList : StandardSymbols);

    /// <summary>An account counts in one currency: sums over several would mean nothing.</summary>
    private static TFeed InOneCurrency<TFeed>(TFeed feed)
        where TFeed : IMarketFeed
    {
        var currencies = feed.Symbols.GroupBy(rules => rules.QuoteAsset, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        return currencies.Count <= 1
            ? feed
            : throw new MarketFeedException($"An account counts in one currency, and the symbols have {string.Join(" and ", currencies.Select(group => $"{group.Key} ({group.First().Symbol})"))}; name symbols of one of them with Market:Symbols.");
    }
}
