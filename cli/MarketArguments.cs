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
    private readonly Option<BadRows> _badRows = new("--bad-rows") { Description = "What a row that makes no sense does: skip leaves it out, stop refuses its file", CustomParser = ParseBadRows };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object on stdout and nothing else there" };

    public void AddTo(Command command)
    {
        _strategy.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } name && !StrategyCatalog.Contains(name))
                result.AddError($"--strategy is '{name}'; it must be one of {string.Join(", ", StrategyCatalog.Names)}.");
        });
        _symbols.Validators.Add(result =>
        {
            if (!result.Implicit && result.GetValueOrDefault<string>() is { } names && !SettingForms.IsSymbols(names))
                result.AddError($"--symbols is '{names}'; it must be {SettingForms.Symbols}.");
        });
        foreach (var option in new Option[] { _data, _symbols, _interval, _from, _to, _badRows, _strategy, _json }) command.Options.Add(option);
    }

    /// <exception cref="SettingsException">The range is none.</exception>
    public MarketSettings Market(ParseResult parsed)
    {
        var settings = Read(parsed);
        return settings is not { From: { } from, To: { } to } || from < to
            ? settings
            : throw new SettingsException(string.Create(CultureInfo.InvariantCulture, $"--from is {from:yyyy-MM-dd HH:mm}; it must lie before --to, which is {to:yyyy-MM-dd HH:mm}."));
    }

    public string Strategy(ParseResult parsed) => parsed.GetValue(_strategy)!;

    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    private MarketSettings Read(ParseResult parsed) => new()
    {
        Source = MarketSource.Replay,
        Path = parsed.GetValue(_data)!,
        Symbols = parsed.GetValue(_symbols)!,
        Interval = parsed.GetValue(_interval),
        From = parsed.GetValue(_from),
        To = parsed.GetValue(_to),
        BadRows = parsed.GetValue(_badRows),
    };

    private static Interval ParseInterval(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (SettingForms.TryInterval(text, out var interval)) return interval;
        result.AddError($"--interval is '{text}'; it must be {SettingForms.Interval}.");
        return default;
    }

    private static BadRows ParseBadRows(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        foreach (var rule in Enum.GetValues<BadRows>())
            if (string.Equals(rule.ToString(), text, StringComparison.OrdinalIgnoreCase))
                return rule;
        result.AddError($"--bad-rows is '{text}'; it must be one of skip, stop.");
        return default;
    }

    private static DateTime? ParseTime(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (SettingForms.TryTime(text, out var time)) return time;
        result.AddError($"{((OptionResult)result.Parent!).Option.Name} is '{text}'; it must be {SettingForms.Time}.");
        return null;
    }
}
