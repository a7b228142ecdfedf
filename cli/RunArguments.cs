using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;
using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Cli;

/// <summary>The options that replay and backtest share: which candles, which strategy, by which settings, which form of answer.</summary>
internal sealed class RunArguments
{
    private const string ParametersPrefix = "Account:Parameters:";

    private static readonly string[] Settable = ["Account:Cash=", ParametersPrefix, "Paper:", "Risk:", "Exit:"];

    private readonly Option<string> _data = new("--data") { Description = "Folder of candle files, <SYMBOL>-<interval>.csv or .csv.gz", DefaultValueFactory = _ => "data/klines" };
    private readonly Option<string> _symbols = new("--symbols") { Description = "Names separated by commas; none takes all that the folder has", DefaultValueFactory = _ => "" };
    private readonly Option<Interval> _interval = IntervalOption.Create(Interval.OneHour);
    private readonly Option<DateTime?> _from = TimeOption.Create("--from", "First moment, UTC");
    private readonly Option<DateTime?> _to = TimeOption.Create("--to", "Last moment, UTC");
    private readonly Option<string> _strategy = new("--strategy") { Description = "Strategy by name, one of those that 'strategies' lists", DefaultValueFactory = _ => new AccountSettings().Strategy };
    private readonly Option<string> _strategies = StrategiesOption.Create();
    private readonly Option<BadRows> _badRows = BadRowsOption.Create();
    private readonly Option<decimal?> _cash = NumberOption.Create("--cash", "Quote currency at the start; Account:Cash", 1m, 1_000_000_000m);
    private readonly Option<decimal?> _fee = NumberOption.Create("--fee-bps", "Fee in basis points of each trade's value; Paper:FeeBps", 0m, 1_000m);
    private readonly Option<decimal?> _slippage = NumberOption.Create("--slippage-bps", "Slippage of market and stop orders in basis points; Paper:SlippageBps", 0m, 1_000m);
    private readonly Option<string[]> _set = new("--set") { Description = "A parameter of the strategy, Fast=10, or another setting of the service, Account:Cash, Paper:…, Risk:… or Exit:…; may come several times", DefaultValueFactory = _ => [] };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object on stdout and nothing else there" };

    public void AddTo(Command command)
    {
        _symbols.Validators.Add(result =>
        {
            if (!result.Implicit && result.GetValueOrDefault<string>() is { } names && !SettingForms.IsSymbols(names))
                result.AddError($"--symbols is '{names}'; it must be {SettingForms.Symbols}.");
        });
        foreach (var option in new Option[] { _data, _symbols, _interval, _from, _to, _badRows, _strategy, _strategies, _cash, _fee, _slippage, _set, _json }) command.Options.Add(option);
    }

    /// <exception cref="SettingsException">The range is none, or a setting is unknown or out of range.</exception>
    public TraderSettings Settings(ParseResult parsed)
    {
        var market = Market(parsed);
        if (market is { From: { } from, To: { } to } && from >= to)
            throw new SettingsException(string.Create(CultureInfo.InvariantCulture, $"--from is {from:yyyy-MM-dd HH:mm}; it must lie before --to, which is {to:yyyy-MM-dd HH:mm}."));
        foreach (var setting in parsed.GetValue(_set)!.Where(setting => !IsSetting(setting)))
            throw new SettingsException($"--set is '{setting}'; it must be Name=value with a parameter of the strategy, Account:Cash or a setting of Paper, Risk or Exit, such as Fast=10 or Paper:FeeBps=7.5.");

        var given = TraderSettings.Read(new ConfigurationBuilder().AddCommandLine([.. SettingsIn(parsed).Select(setting => $"--{setting}")]).Build(), RiskPreset.None);
        return given with { Market = market, Account = given.Account };
    }

    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    private IEnumerable<string> SettingsIn(ParseResult parsed)
    {
        foreach (var (option, name) in new[] { (_cash, "Account:Cash"), (_fee, "Paper:FeeBps"), (_slippage, "Paper:SlippageBps") })
            if (parsed.GetValue(option) is { } value)
                yield return string.Create(CultureInfo.InvariantCulture, $"{name}={value}");
        yield return $"Account:Strategy={parsed.GetValue(_strategy)}";
        yield return $"Account:StrategyFolder={parsed.GetValue(_strategies)}";
        yield return $"Market:Interval={parsed.GetValue(_interval)}";
        foreach (var setting in parsed.GetValue(_set)!) yield return IsParameter(setting) ? ParametersPrefix + setting : setting;
    }

    private static bool IsSetting(string text) =>
        text.Contains('=', StringComparison.Ordinal)
        && (IsParameter(text) || Settable.Any(name => text.StartsWith(name, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Settings of the service have a colon in their names, parameters of a strategy have none.</summary>
    private static bool IsParameter(string text) => text.IndexOf('=', StringComparison.Ordinal) is > 0 and var end && !text.AsSpan(0, end).Contains(':');

    private MarketSettings Market(ParseResult parsed) => new()
    {
        Source = MarketSource.Replay,
        Path = parsed.GetValue(_data)!,
        Symbols = parsed.GetValue(_symbols)!,
        Interval = parsed.GetValue(_interval),
        From = parsed.GetValue(_from),
        To = parsed.GetValue(_to),
        BadRows = parsed.GetValue(_badRows),
    };
}
