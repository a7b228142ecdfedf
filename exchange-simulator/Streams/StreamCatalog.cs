using OrleansTrader.ExchangeSimulator.Api;
using OrleansTrader.ExchangeSimulator.Markets;

namespace OrleansTrader.ExchangeSimulator.Streams;

/// <summary>The streams by name, such as <c>btcusdt@kline_1m</c>.</summary>
internal static class StreamCatalog
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Tenth = TimeSpan.FromMilliseconds(100);

    /// <summary>Null when there is no such stream.</summary>
    public static StreamSource? Make(ExchangeFloor floor, string name)
    {
        if (name is "!miniTicker@arr") return new TickerSource(floor, name, null, isMini: true);
        if (name.StartsWith("!ticker_", StringComparison.Ordinal) && name.EndsWith("@arr", StringComparison.Ordinal)) return Window(floor, name, null, name["!ticker_".Length..^"@arr".Length]);
        var parts = name.Split('@');
        // Names of streams are in small letters, so that a symbol in capitals is none.
        if (parts.Length is < 2 or > 3 || parts[0].Any(char.IsAsciiLetterUpper)) return null;
        if (floor.Markets.GetValueOrDefault(parts[0].ToUpperInvariant()) is not { } market) return null;
        var speed = parts.Length == 3 ? parts[2] : "";
        if (parts[1].StartsWith("kline_", StringComparison.Ordinal)) return Kline(floor, name, market, parts[1]["kline_".Length..], speed);
        if (parts[1].StartsWith("depth", StringComparison.Ordinal)) return Depth(floor, name, market, parts[1]["depth".Length..], speed);
        if (speed.Length == 0 && parts[1].StartsWith("ticker_", StringComparison.Ordinal)) return Window(floor, name, market, parts[1]["ticker_".Length..]);
        return speed.Length > 0 ? null : parts[1] switch
        {
            "aggTrade" => new TradeSource(floor, name, market, isAggregate: true),
            "trade" => new TradeSource(floor, name, market, isAggregate: false),
            "bookTicker" => new BookTickerSource(floor, name, market),
            "miniTicker" => new TickerSource(floor, name, market, isMini: true),
            "ticker" => new TickerSource(floor, name, market, isMini: false),
            "avgPrice" => new AveragePriceSource(floor, name, market),
            _ => null,
        };
    }

    private static WindowTickerSource? Window(ExchangeFloor floor, string name, SymbolMarket? market, string window) =>
        window is "1h" or "4h" or "1d" ? new WindowTickerSource(floor, name, market, window) : null;

    private static KlineSource? Kline(ExchangeFloor floor, string name, SymbolMarket market, string interval, string zone)
    {
        if (KlineInterval.Find(interval) is not { } found || zone is not ("" or "+08:00")) return null;
        return new KlineSource(floor, name, market, found, MarketOperations.TimeZone(zone.Length > 0 ? zone : null), found.Length == Second ? Second : 2 * Second);
    }

    private static TimedSource? Depth(ExchangeFloor floor, string name, SymbolMarket market, string levels, string speed)
    {
        if (speed is not ("" or "100ms" or "1000ms")) return null;
        var period = speed is "100ms" ? Tenth : Second;
        return levels switch
        {
            "" => new DepthSource(floor, name, market, period),
            "5" => new PartialDepthSource(floor, name, market, 5, period),
            "10" => new PartialDepthSource(floor, name, market, 10, period),
            "20" => new PartialDepthSource(floor, name, market, 20, period),
            _ => null,
        };
    }
}
