using OrleansTrader.ExchangeSimulator.Markets;

namespace OrleansTrader.ExchangeSimulator.Api;

/// <summary>What everybody may ask: time, symbols, candles, books and prices.</summary>
internal static class MarketOperations
{
    private const int MostRows = 1000;
    private const int DefaultRows = 500;
    private const int MostLevels = 5000;
    private const int MostSymbols = 100;

    public static IEnumerable<Operation> All =>
    [
        Public("ping", "ping", 1, [], _ => wire =>
        {
            wire.Open();
            wire.Close();
        }),
        Public("time", "time", 1, [], call => wire =>
        {
            wire.Open();
            wire.Time("serverTime", call.Floor.ShownNow);
            wire.Close();
        }),
        Public("exchangeInfo", "exchangeInfo", 20, ["symbol", "symbols", "permissions", "showPermissionSets", "symbolStatus"], ExchangeInfo),
        Public("depth", "depth", p => DepthWeight(p.Number("limit", 100, MostLevels)), ["symbol", "limit", "symbolStatus"], Depth),
        Public("trades.recent", "trades", 25, ["symbol", "limit"], Trades),
        Public("trades.historical", "historicalTrades", 25, ["symbol", "limit", "fromId"], Trades),
        Public("trades.aggregate", "aggTrades", 4, ["symbol", "fromId", "startTime", "endTime", "limit"], AggregateTrades),
        Public("klines", "klines", 2, ["symbol", "interval", "startTime", "endTime", "timeZone", "limit"], Klines),
        Public("uiKlines", "uiKlines", 2, ["symbol", "interval", "startTime", "endTime", "timeZone", "limit"], Klines),
        Public("avgPrice", "avgPrice", 2, ["symbol"], AveragePrice),
        Public("ticker.24hr", "ticker/24hr", DayWeight, ["symbol", "symbols", "type", "symbolStatus"], DayTicker),
        Public("ticker", "ticker", WindowWeight, ["symbol", "symbols", "windowSize", "type", "symbolStatus"], WindowTicker),
        Public("ticker.tradingDay", "ticker/tradingDay", WindowWeight, ["symbol", "symbols", "timeZone", "type", "symbolStatus"], TradingDayTicker),
        Public("ticker.price", "ticker/price", SymbolsWeight, ["symbol", "symbols", "symbolStatus"], call => Each(call, (wire, market) =>
        {
            wire.Text("symbol", market.Symbol);
            wire.Amount("price", market.Last);
        })),
        Public("ticker.book", "ticker/bookTicker", SymbolsWeight, ["symbol", "symbols", "symbolStatus"], call => Each(call, TickerJson.Book)),
    ];

    private static Operation Public(string name, string path, int weight, string[] names, Func<Call, Action<Wire>> prepare) => Public(name, path, _ => weight, names, prepare);

    public static Operation Public(string name, string path, Func<Parameters, int> weight, string[] names, Func<Call, Action<Wire>> prepare) =>
        new(name, "GET", $"/api/v3/{path}", Security.None, weight, names.ToHashSet(StringComparer.Ordinal), prepare);

    private static int DepthWeight(int limit) => limit switch
    {
        <= 100 => 5,
        <= 500 => 25,
        <= 1000 => 50,
        _ => 250,
    };

    private static int SymbolsWeight(Parameters parameters) => parameters.Has("symbol") ? 2 : 4;

    private static int DayWeight(Parameters parameters)
    {
        if (parameters.Has("symbol")) return 2;
        return parameters.List("symbols")?.Count switch
        {
            <= 20 => 2,
            <= 100 => 40,
            _ => 80,
        };
    }

    private static int WindowWeight(Parameters parameters)
    {
        const int PerSymbol = 4;
        const int Most = 200;
        return Math.Min(Most, PerSymbol * (parameters.Has("symbol") ? 1 : parameters.List("symbols")?.Count ?? 1));
    }

    private static Action<Wire> ExchangeInfo(Call call)
    {
        var parameters = call.Parameters;
        var isNamed = parameters.Has("symbol") || parameters.Has("symbols");
        if ((parameters.Has("symbol") && parameters.Has("symbols")) || (isNamed && (parameters.Has("permissions") || parameters.Has("symbolStatus"))))
            throw new Refusal(-1128, "Combination of optional parameters invalid.");
        var phase = parameters.Term<TradingPhase>("symbolStatus", -1122, "Invalid symbolStatus.");
        var shows = parameters.Flag("showPermissionSets", otherwise: true);
        var markets = MarketsOf(call).Where(market => phase is null || market.Phase == phase).ToArray();
        return wire =>
        {
            wire.Open();
            wire.Text("timezone", "UTC");
            wire.Time("serverTime", call.Floor.ShownNow);
            SymbolJson.Limits(wire, call.Limits.Options, call.IsWebSocket);
            wire.OpenList("exchangeFilters");
            wire.CloseList();
            wire.OpenList("symbols");
            foreach (var market in markets) SymbolJson.Symbol(wire, market, call.Floor.Options.Assumptions, shows);
            wire.CloseList();
            wire.Close();
        };
    }

    private static Action<Wire> Depth(Call call)
    {
        var market = call.Market();
        Match(market, call);
        var limit = call.Parameters.Number("limit", 100, MostLevels);
        return wire =>
        {
            wire.Open();
            TickerJson.Depth(wire, market, limit);
            wire.Close();
        };
    }

    private static Action<Wire> Trades(Call call)
    {
        var market = call.Market();
        var limit = call.Parameters.Number("limit", DefaultRows, MostRows);
        var from = call.Parameters.Number("fromId");
        return wire =>
        {
            var trades = market.Trades;
            var start = from is { } id ? FirstFrom(trades, id) : Math.Max(0, trades.Count - limit);
            wire.OpenList();
            for (var i = start; i < trades.Count && i < start + limit; i++)
            {
                wire.Open();
                wire.Number("id", trades[i].Id);
                wire.Amount("price", trades[i].Price);
                wire.Amount("qty", trades[i].Quantity);
                wire.Amount("quoteQty", trades[i].Price * trades[i].Quantity);
                wire.Time("time", trades[i].Time);
                wire.Flag("isBuyerMaker", trades[i].IsBuyerMaker);
                wire.Flag("isBestMatch", value: true);
                wire.Close();
            }

            wire.CloseList();
        };
    }

    private static Action<Wire> AggregateTrades(Call call)
    {
        var parameters = call.Parameters;
        var market = call.Market();
        var limit = parameters.Number("limit", DefaultRows, MostRows);
        var (from, start, end) = (parameters.Number("fromId"), parameters.Moment("startTime"), parameters.Moment("endTime"));
        if (from is not null && (start ?? end) is not null) throw new Refusal(-1128, "Combination of optional parameters invalid.");
        return wire =>
        {
            IEnumerable<MarketTrade> found = market.Trades;
            if (from is { } id) found = found.Skip(FirstFrom(market.Trades, id));
            if (start is { } earliest) found = found.Where(trade => trade.Time >= earliest);
            if (end is { } latest) found = found.Where(trade => trade.Time <= latest);
            wire.OpenList();
            foreach (var trade in from is null && start is null ? found.TakeLast(limit) : found.Take(limit))
            {
                wire.Open();
                Aggregate(wire, trade);
                wire.Close();
            }

            wire.CloseList();
        };
    }

    /// <summary>A trade as an aggregate of itself.</summary>
    public static void Aggregate(Wire wire, in MarketTrade trade)
    {
        wire.Number("a", trade.Id);
        wire.Amount("p", trade.Price);
        wire.Amount("q", trade.Quantity);
        wire.Number("f", trade.Id);
        wire.Number("l", trade.Id);
        wire.Time("T", trade.Time);
        wire.Flag("m", trade.IsBuyerMaker);
        wire.Flag("M", value: true);
    }

    private static Action<Wire> Klines(Call call)
    {
        var parameters = call.Parameters;
        var market = call.Market();
        var interval = KlineInterval.Find(parameters.RequiredText("interval")) ?? throw new Refusal(-1120, "Invalid interval.");
        var offset = TimeZone(parameters.Text("timeZone"));
        var limit = parameters.Number("limit", DefaultRows, MostRows);
        var (start, end) = (parameters.Moment("startTime"), parameters.Moment("endTime"));
        return wire =>
        {
            wire.OpenList();
            var rows = market.Klines.Read(interval, offset, start ?? DateTime.UnixEpoch, end ?? call.Floor.Time.Now, limit, newest: start is null, skipsEmpty: !market.Assumptions.TellsEmptyKlines);
            foreach (var kline in rows) TickerJson.Row(wire, kline);
            wire.CloseList();
        };
    }

    /// <summary>Hours and minutes such as <c>8</c>, <c>-3:30</c> or <c>05:45</c>, from -12:00 to +14:00.</summary>
    public static TimeSpan TimeZone(string? text)
    {
        if (text is null) return TimeSpan.Zero;
        var isWest = text.StartsWith('-');
        var parts = text.TrimStart('-', '+').Split(':');
        var invariant = System.Globalization.CultureInfo.InvariantCulture;
        if (parts.Length <= 2
            && int.TryParse(parts[0], System.Globalization.NumberStyles.None, invariant, out var hours)
            && int.TryParse(parts.Length == 2 ? parts[1] : "0", System.Globalization.NumberStyles.None, invariant, out var minutes)
            && minutes < 60)
        {
            var offset = new TimeSpan(hours, minutes, 0) * (isWest ? -1 : 1);
            if (offset >= TimeSpan.FromHours(-12) && offset <= TimeSpan.FromHours(14)) return offset;
        }

        throw Refusal.BadCharacters("timeZone", "^[-+]?([0-9]{1,2})(:[0-9]{2})?$");
    }

    private static Action<Wire> AveragePrice(Call call)
    {
        var market = call.Market();
        return wire =>
        {
            wire.Open();
            wire.Number("mins", market.Filters.AveragePriceMinutes);
            wire.Amount("price", market.AveragePrice(market.Filters.AveragePriceMinutes, call.Floor.Time.Now));
            wire.Time("closeTime", market.Trades is [.., var last] ? last.Time : call.Floor.Time.Now);
            wire.Close();
        };
    }

    private static Action<Wire> DayTicker(Call call)
    {
        var isMini = IsMini(call.Parameters);
        return Each(call, (wire, market) => TickerJson.OfDay(wire, market, call.Floor.Time.Now, isMini));
    }

    private static Action<Wire> WindowTicker(Call call)
    {
        NameOne(call.Parameters);
        var isMini = IsMini(call.Parameters);
        var window = TickerWindow.Of(call.Parameters.Text("windowSize") ?? "1d");
        return Each(call, (wire, market) =>
        {
            var now = call.Floor.Time.Now;
            var from = now - window;
            // It opens with a minute, and so is up to one longer.
            TickerJson.OfWindow(wire, market, new DateTime(from.Ticks - (from.Ticks % TimeSpan.TicksPerMinute), DateTimeKind.Utc), now, end: null, isMini);
        });
    }

    private static Action<Wire> TradingDayTicker(Call call)
    {
        NameOne(call.Parameters);
        var isMini = IsMini(call.Parameters);
        var offset = TimeZone(call.Parameters.Text("timeZone"));
        return Each(call, (wire, market) =>
        {
            var now = call.Floor.Time.Now;
            var from = (now + offset).Date - offset;
            TickerJson.OfWindow(wire, market, from, now, from.AddDays(1), isMini);
        });
    }

    private static bool IsMini(Parameters parameters) => parameters.Text("type") switch
    {
        null or "FULL" => false,
        "MINI" => true,
        _ => throw new Refusal(-1139, "Invalid ticker type."),
    };

    private static void NameOne(Parameters parameters)
    {
        if (!parameters.Has("symbol") && !parameters.Has("symbols")) throw new Refusal(-1102, "Param 'symbol' or 'symbols' must be sent, but both were empty/null!");
    }

    /// <summary>An object for one symbol, a list for many.</summary>
    private static Action<Wire> Each(Call call, Action<Wire, SymbolMarket> write)
    {
        if (call.MarketIfNamed() is { } one)
        {
            if (call.Parameters.Has("symbols")) throw new Refusal(-1128, "Combination of optional parameters invalid.");
            Match(one, call);
            return wire =>
            {
                wire.Open();
                write(wire, one);
                wire.Close();
            };
        }

        var phase = call.Parameters.Term<TradingPhase>("symbolStatus", -1122, "Invalid symbolStatus.");
        var markets = MarketsOf(call).Where(market => phase is null || market.Phase == phase).ToArray();
        return wire =>
        {
            wire.OpenList();
            foreach (var market in markets)
            {
                wire.Open();
                write(wire, market);
                wire.Close();
            }

            wire.CloseList();
        };
    }

    private static void Match(SymbolMarket market, Call call)
    {
        if (call.Parameters.Term<TradingPhase>("symbolStatus", -1122, "Invalid symbolStatus.") is { } phase && market.Phase != phase)
            throw new Refusal(-1220, $"The symbol's status does not match the requested symbolStatus.");
    }

    /// <summary>The markets that are named, or all.</summary>
    public static IEnumerable<SymbolMarket> MarketsOf(Call call)
    {
        if (call.MarketIfNamed() is { } one) return [one];
        if (call.Parameters.List("symbols") is not { } names) return call.Floor.Markets.Values;
        if (names.Count > MostSymbols) throw new Refusal(-1101, $"Too many values sent for parameter 'symbols', maximum allowed up to {MostSymbols}.");
        return names.Select(name => call.Floor.Markets.GetValueOrDefault(name) ?? throw Refusal.UnknownSymbol()).ToArray();
    }

    private static int FirstFrom(IReadOnlyList<MarketTrade> trades, long id) =>
        trades.Count == 0 ? 0 : (int)Math.Clamp(id - trades[0].Id, 0, trades.Count);
}
