using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Strategies;
using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Cli;

/// <summary>The options that replay and backtest share: which candles, which strategy, which form of answer.</summary>
internal sealed class MarketArguments
{
    private readonly Option<string> _data = new("--data") { Description = "Folder of candle files, <SYMBOL>-<interval>.csv or .csv.gz", DefaultValueFactory = _ => "data/klines" };
    private readonly Option<string> _symbols = new("--symbols") { Description = "Names separated by commas; none takes all that the folder has", DefaultValueFactory = _ => "" };
    private readonly Option<Interval> _interval = new("--interval") { Description = "Length of a bar, such as 1m or 1h", DefaultValueFactory = _ => Interval.OneHour, CustomParser = ParseInterval };
    private readonly Option<DateTime?> _from = new("--from") { Description = "First moment, UTC", CustomParser = ParseTime };
    private readonly Option<DateTime?> _to = new("--to") { Description = "Last moment, UTC", CustomParser = ParseTime };
    private readonly Option<string> _strategy = new("--strategy") { Description = "Strategy by name", DefaultValueFactory = _ => "trend" };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object on stdout and nothing else there" };

    public void AddTo(Command command)
    {
        _strategy.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } name && !StrategyCatalog.Contains(name))
                result.AddError($"--strategy is '{name}'; it must be one of {string.Join(", ", StrategyCatalog.Names)}.");
        });
        foreach (var option in new Option[] { _data, _symbols, _interval, _from, _to, _strategy, _json }) command.Options.Add(option);
    }

    public MarketSettings Market(ParseResult parsed) => new()
    {
        Source = MarketSource.Replay,
        Path = parsed.GetValue(_data)!,
        Symbols = parsed.GetValue(_symbols)!,
        Interval = parsed.GetValue(_interval),
        From = parsed.GetValue(_from),
        To = parsed.GetValue(_to),
    };

    public string Strategy(ParseResult parsed) => parsed.GetValue(_strategy)!;

    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    private static Interval ParseInterval(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (Interval.TryParse(text, out var interval)) return interval;
        result.AddError($"--interval is '{text}'; it must be a whole number followed by s, m, h, d or w, such as 1m or 1h.");
        return default;
    }

    private static DateTime? ParseTime(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)) return time;
        result.AddError($"'{text}' is not a UTC date or time; write 2023-01-31 or 2023-01-31T12:00.");
        return null;
    }
}
