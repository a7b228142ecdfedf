using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OrleansTrader.Adapters.Tests.Binance.Calls;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Tests.Binance.Feed;

/// <summary>Answers with the bars that the exchange would have by a clock: bar n of a symbol closes at 100 + n.</summary>
internal sealed class BarServer(ManualClock clock, Interval interval)
{
    public static readonly DateTime Listed = new(2025, 12, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Symbols whose bars that open from then on are not there.</summary>
    public Dictionary<string, DateTime> Silent { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> States { get; } = new(StringComparer.Ordinal) { ["BTCUSDT"] = "TRADING", ["ETHUSDT"] = "TRADING" };

    public bool IsAway { get; set; }

    /// <summary>So long after its end the last trades of a bar are missing in an answer.</summary>
    public TimeSpan Settling { get; set; }

    /// <summary>The bar that opens then, whoever brings it.</summary>
    public Candle BarAt(DateTime open)
    {
        var close = 100 + ((open - Listed).Ticks / interval.Length.Ticks);
        return new Candle(open, close, close, close, close, 5);
    }

    public void Serve(CallsServer server)
    {
        server.Exchange.On("GET /api/v3/exchangeInfo", (asked, context) => AnswerOf(SymbolsOf(asked["symbols"]), context, $$"""
            {"timezone":"UTC","serverTime":1,"rateLimits":[{"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","intervalNum":1,"limit":6000}],"exchangeFilters":[],"symbols":[{{string.Join(',', States.Where(state => SymbolsOf(asked["symbols"]).Contains(state.Key)).Select(Listing))}}]}
            """));
        server.Exchange.On("GET /api/v3/klines", (asked, context) => AnswerOf([asked["symbol"]], context, $"[{string.Join(',', Rows(asked["symbol"], Time(asked["startTime"]), int.Parse(asked["limit"], CultureInfo.InvariantCulture)))}]"));
    }

    private static DateTime Time(string milliseconds) => DateTime.UnixEpoch.AddMilliseconds(long.Parse(milliseconds, CultureInfo.InvariantCulture));

    private static string Listing(KeyValuePair<string, string> state) =>
        $$"""{"symbol":"{{state.Key}}","status":"{{state.Value}}","baseAsset":"{{state.Key[..3]}}","quoteAsset":"USDT","baseAssetPrecision":8,"quoteAssetPrecision":8,"orderTypes":["MARKET"],"isSpotTradingAllowed":true,"filters":[{"filterType":"PRICE_FILTER","minPrice":"0.01","maxPrice":"100000","tickSize":"0.01000000"},{"filterType":"LOT_SIZE","minQty":"0.001","maxQty":"9000","stepSize":"0.00100000"}]}""";

    private IEnumerable<string> Rows(string symbol, DateTime from, int limit)
    {
        var open = interval.StartOf(from < Listed ? Listed : from);
        if (open < from) open += interval.Length;
        for (var rows = 0; rows < limit && open <= clock.GetUtcNow().UtcDateTime; open += interval.Length)
        {
            if (Silent.TryGetValue(symbol, out var end) && open >= end) yield break;
            rows++;
            var close = BarAt(open).Close;
            var volume = clock.GetUtcNow().UtcDateTime < open + interval.Length + Settling ? "4.0" : "5.0";
            var (opens, closes) = (new DateTimeOffset(open).ToUnixTimeMilliseconds(), new DateTimeOffset(open + interval.Length).ToUnixTimeMilliseconds() - 1);
            yield return string.Create(CultureInfo.InvariantCulture, $"""[{opens},"{close}.00","{close}.00","{close}.00","{close}.00","{volume}",{closes},"500.0",9,"2.0","200.0","0"]""");
        }
    }

    private static string[] SymbolsOf(string list) => JsonSerializer.Deserialize<string[]>(list)!;

    private async Task AnswerOf(IEnumerable<string> symbols, HttpContext context, string json)
    {
        if (IsAway || symbols.All(States.ContainsKey))
        {
            await Answer(context, json);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        await context.Response.WriteAsync("""{"code":-1121,"msg":"Invalid symbol."}""");
    }

    private async Task Answer(HttpContext context, string json)
    {
        context.Response.StatusCode = IsAway ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        await context.Response.WriteAsync(IsAway ? "" : json);
    }
}
