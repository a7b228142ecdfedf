using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using OrleansTrader.Adapters.Binance.Download;
using OrleansTrader.Adapters.Binance.Feed;
using OrleansTrader.Core.Market;
using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Cli;

/// <summary><c>trader download</c>: past bars of Binance as candle files.</summary>
internal static class DownloadCommand
{
    private const int CannotBeHad = 1;
    private const int ThereAreNone = 3;
    private const int GapsInText = 20;
    private const string PublicArchive = "https://data.binance.vision";

    private static readonly Option<string?> Symbols = new("--symbols") { Description = "Names separated by commas; otherwise Market:Symbols of trader.json or the environment" };
    private static readonly Option<Interval[]> Intervals = new("--interval") { Description = "Length of a bar, such as 1m or 1h; several separated by commas", DefaultValueFactory = _ => [Interval.OneHour], CustomParser = ParseIntervals };
    private static readonly Option<DateTime?> From = new("--from") { Description = "First moment, UTC; bars open then or later", Required = true, CustomParser = ParseTime };
    private static readonly Option<DateTime?> To = new("--to") { Description = "Last moment, UTC; bars have closed by then, so that 2024-01-01 ends with the year 2023; otherwise now", CustomParser = ParseTime };
    private static readonly Option<string?> Out = new("--out") { Description = "Folder of candle files to write to; otherwise Market:Path of trader.json or the environment, or data/klines" };
    private static readonly Option<DownloadSource> Source = new("--source") { Description = "both (the archive, and by REST what it has not), archive or rest", CustomParser = ParseSource };
    private static readonly Option<int?> AtOnce = NumberOption.Create("--archives-at-once", "Files of the archive that are fetched at the same time; otherwise 2", 1, 8);
    private static readonly Option<string[]> Set = new("--set") { Description = "A setting of Binance, such as Binance:Proxy=socks5://127.0.0.1:1080; may come several times", DefaultValueFactory = _ => [] };
    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON object on stdout and nothing else there" };

    public static Command Create()
    {
        var command = new Command("download", "Downloads past bars of Binance into a folder of candle files: only what is missing there, verified, a file a month. Exit code 0: all there; 3: bars are missing that Binance has not; 1: something could not be had, run it again")
        {
            Symbols, Intervals, From, To, Out, Source, AtOnce, Set, Json,
        };
        Symbols.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } names && !SettingForms.IsSymbols(names)) result.AddError($"--symbols is '{names}'; it must be {SettingForms.Symbols}.");
        });
        command.Runs(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var configuration = ServiceConfiguration.Read();
        foreach (var setting in parsed.GetValue(Set)!.Where(setting => !setting.StartsWith(BinanceSettings.Section + ":", StringComparison.OrdinalIgnoreCase) || !setting.Contains('=', StringComparison.Ordinal)))
            throw new SettingsException($"--set is '{setting}'; it must be a setting of {BinanceSettings.Section} and its value, such as Binance:TimeoutSeconds=30.");
        configuration.AddCommandLine([.. parsed.GetValue(Set)!.Select(setting => "--" + setting)]);
        var (binance, market) = (BinanceSettings.Read(configuration), MarketSettings.Read(configuration));
        var symbols = (market with { Symbols = parsed.GetValue(Symbols) ?? market.Symbols }).SymbolList.Distinct(StringComparer.Ordinal).ToArray();
        if (symbols.Length == 0) throw new SettingsException($"--symbols is missing, and Market:Symbols is not set; write {SettingForms.Symbols}.");

        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var (from, to) = (parsed.GetValue(From)!.Value, parsed.GetValue(To) ?? now);
        if (from >= now) throw new SettingsException($"--from is {Text(from)}; it must lie in the past, and now it is {Text(now)} UTC.");
        if (from >= to) throw new SettingsException($"--from is {Text(from)}; it must lie before --to, which is {Text(to)}.");

        var folder = parsed.GetValue(Out) ?? market.Path;
        if (string.IsNullOrWhiteSpace(folder)) throw new SettingsException("--out is empty; name a folder to write candles to.");
        var options = new DownloadOptions { Source = parsed.GetValue(Source), ArchivesAtOnce = parsed.GetValue(AtOnce) ?? new DownloadOptions().ArchivesAtOnce };
        var reports = new List<DownloadReport>();
        using var asked = new AskedHosts();
        IReadOnlyList<(AskedHost Host, string Role)> Asked() => RolesOf(asked, options.Source, binance);
        try
        {
            await DownloadDisplay.ShowAsync(async display =>
            {
                using var download = new CandleDownload(binance.ToOptions(), options, folder, display.Warn, TimeProvider.System);
                foreach (var interval in parsed.GetValue(Intervals)!)
                    foreach (var symbol in symbols)
                    {
                        var report = await download.RunAsync(symbol, interval, from, to, display.Begin($"{symbol} {interval}"), cancellation);
                        display.End();
                        reports.Add(report);
                        if (report.Problem is { } problem) display.Error($"{symbol} {interval}: {problem}");
                    }
            });
        }
        catch (OperationCanceledException)
        {
            await TellAsync(folder, reports, Asked(), parsed.GetValue(Json));
            await Console.Error.WriteLineAsync("What has come is kept; the same command goes on from there.");
            throw;
        }

        await TellAsync(folder, reports, Asked(), parsed.GetValue(Json));
        return reports.Exists(report => report.IsIncomplete) ? CannotBeHad : reports.Exists(report => report.Missing > 0) ? ThereAreNone : 0;
    }

    /// <summary>What each host was asked for; the archive is told also where nobody came to ask it.</summary>
    private static List<(AskedHost Host, string Role)> RolesOf(AskedHosts asked, DownloadSource source, BinanceSettings binance)
    {
        var archive = new Uri(binance.ArchiveUrl.Length > 0 ? binance.ArchiveUrl : PublicArchive).Authority;
        var isBoth = source == DownloadSource.Both && binance.RestUrl.Length > 0 && string.Equals(new Uri(binance.RestUrl).Authority, archive, StringComparison.OrdinalIgnoreCase);
        List<(AskedHost Host, string Role)> hosts = [.. asked.All.Select(host => (host, RoleOf(host)))];
        if (source != DownloadSource.Rest && !hosts.Exists(host => IsArchive(host.Host))) hosts.Insert(0, (new AskedHost(archive, 0, 0, Failure: null), "archive"));
        return hosts;

        bool IsArchive(AskedHost host) => string.Equals(host.Name, archive, StringComparison.OrdinalIgnoreCase);

        string RoleOf(AskedHost host) => source == DownloadSource.Rest || !IsArchive(host) ? "REST" : isBoth ? "archive and REST" : "archive";
    }

    private static async Task TellAsync(string folder, List<DownloadReport> reports, IReadOnlyList<(AskedHost Host, string Role)> asked, bool isJson)
    {
        if (isJson)
        {
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(new { folder, items = reports.Select(Item), asked = asked.Select(host => new { host = host.Host.Name, role = host.Role, requests = host.Host.Requests, answered = host.Host.Answered, failure = host.Host.Failure }) }));
            return;
        }

        // Of what has nothing at all its error says enough.
        var told = reports.Where(report => report.Bars > 0).ToList();
        foreach (var report in told) await Console.Out.WriteLineAsync(Line(report));
        foreach (var report in told)
        {
            foreach (var gap in report.Gaps.Take(GapsInText)) await Console.Out.WriteLineAsync(Line(report, gap));
            if (report.Gaps.Length > GapsInText) await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {report.Symbol,-12} {report.Interval,-4} and {Counted.Of(report.Gaps.Length - GapsInText, "more gap", "more gaps")}; --json has them all"));
        }

        if (!reports.Exists(report => report.IsIncomplete)) return;
        foreach (var (host, role) in asked) await Console.Out.WriteLineAsync(host.Describe(role));
    }

    private static string Line(DownloadReport report)
    {
        var missing = report.Missing == 0 ? "none missing" : string.Create(CultureInfo.InvariantCulture, $"{report.Missing} missing in {Counted.Of(report.Gaps.Length, "gap")}:");
        var begins = report.First is { } first && first > report.From && (report.Gaps.IsEmpty || report.Gaps[0].Time.From > report.From) ? $"{Text(first)} (the first there is)" : Text(report.From);
        return string.Create(CultureInfo.InvariantCulture, $"{report.Symbol,-12} {report.Interval,-4} {begins} to {Text(report.To)} {report.Bars,9} {Counted.Word(report.Bars, "bar")}: {Counted.Of(report.Before, "was", "were")} there, {report.FromArchive} from the archive, {report.FromRest} by REST; {missing}");
    }

    private static string Line(DownloadReport report, DownloadGap gap) => string.Create(
        CultureInfo.InvariantCulture, $"  {report.Symbol,-12} {report.Interval,-4} {Text(gap.Time.From)} to {Text(gap.Time.To)} {gap.Bars,9} {Counted.Word(gap.Bars, "bar")}, {(gap.IsConfirmed ? "of which there are none" : "which could not be had")}");

    private static object Item(DownloadReport report) => new
    {
        symbol = report.Symbol,
        interval = report.Interval.ToString(),
        from = report.From,
        to = report.To,
        first = report.First,
        bars = report.Bars,
        before = report.Before,
        fromArchive = report.FromArchive,
        fromRest = report.FromRest,
        missing = report.Missing,
        gaps = report.Gaps.Select(gap => new { from = gap.Time.From, to = gap.Time.To, bars = gap.Bars, confirmed = gap.IsConfirmed }),
        problem = report.Problem,
    };

    private static string Text(DateTime time) => time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static Interval[] ParseIntervals(ArgumentResult result)
    {
        var found = new List<Interval>();
        foreach (var text in result.Tokens[0].Value.Split(',', StringSplitOptions.TrimEntries))
        {
            if (Interval.TryParse(text, out var interval) && KlineIntervals.Has(interval)) found.Add(interval);
            else result.AddError($"--interval is '{text}'; it must be one of {string.Join(", ", KlineIntervals.All)}, or several separated by commas.");
        }

        return [.. found.Distinct()];
    }

    private static DateTime? ParseTime(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (SettingForms.TryTime(text, out var time)) return time;
        result.AddError($"{((OptionResult)result.Parent!).Option.Name} is '{text}'; it must be {SettingForms.Time}.");
        return null;
    }

    private static DownloadSource ParseSource(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        foreach (var source in Enum.GetValues<DownloadSource>())
            if (string.Equals(source.ToString(), text, StringComparison.OrdinalIgnoreCase))
                return source;
        result.AddError($"--source is '{text}'; it must be one of both, archive, rest.");
        return default;
    }
}
