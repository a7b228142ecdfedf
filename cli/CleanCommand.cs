using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using OrleansTrader.Adapters.Binance.Download;
using OrleansTrader.Adapters.Feeds;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Market;
using OrleansTrader.Silo.Hosting;
using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Cli;

/// <summary><c>trader data clean</c>: lets go of candle files that are older than they are kept for.</summary>
internal static class CleanCommand
{
    private const int Unusable = 1;

    public static Command Create()
    {
        var data = new Option<string?>("--data") { Description = "Folder of candle files; otherwise Market:Path of trader.json or the environment, or data/klines" };
        var keep = new Option<string[]>("--keep") { Description = "An interval, or all, and for how many days it is kept, such as 1m=90; otherwise Candles:KeepDays of trader.json or the environment; may come several times", DefaultValueFactory = _ => [] };
        var yes = new Option<bool>("--yes") { Description = "Remove the files; without it they are only listed" };
        var json = new Option<bool>("--json") { Description = "Print one JSON object on stdout and nothing else there" };
        var (state, store) = (new StateOption(), new StoreOption());
        var command = new Command("clean", "Lists, and with --yes removes, candle files whose last bar is older than its interval is kept for, and what downloads that were killed have left; a file goes as a whole") { data, keep, yes, json };
        state.AddTo(command);
        store.AddTo(command);
        command.Runs(async (parsed, cancellation) =>
        {
            using var configuration = ServiceConfiguration.Read();
            var market = MarketSettings.Read(configuration);
            var retention = RetentionOf(configuration, parsed.GetValue(keep)!);
            var (folder, layout) = (new CandleFolder(parsed.GetValue(data) ?? market.Path), state.Read(parsed));
            using var turn = parsed.GetValue(yes) ? TakeTurn(folder.Path, market, layout) : null;
            var unfinished = CandleDownload.Unfinished(folder.Path);
            if (retention.IsEmpty && unfinished.Count == 0) throw new SettingsException("Candle files are kept for ever; name what may go with --keep, such as --keep 1m=90, or set Candles:KeepDays:1m.");
            var old = await DataIndex.UseAsync(folder, parsed, state, store, memory => Task.FromResult(OldCandleFiles.Find(folder, retention, memory, TimeProvider.System.GetUtcNow().UtcDateTime, cancellation)), cancellation);
            foreach (var problem in old.Problems) await Console.Error.WriteLineAsync($"warning: {problem.TrimEnd('.')}; it stays.");
            if (parsed.GetValue(yes))
            {
                old.Remove();
                foreach (var file in unfinished) File.Delete(file);
                // The index forgets what has gone.
                await DataIndex.UseAsync(new CandleFolder(folder.Path), parsed, state, store, _ => Task.FromResult(0), cancellation);
            }

            await TellAsync(folder, old, unfinished, parsed.GetValue(yes), parsed.GetValue(json));
            return old.Problems.Count > 0 ? Unusable : 0;
        });
        return command;
    }

    private static CandleRetention RetentionOf(IConfigurationManager configuration, string[] keep)
    {
        var wrong = Array.Find(keep, entry => !CandleSettings.IsAllowed(entry));
        if (wrong is not null) throw new SettingsException($"--keep is '{wrong}'; it must be an interval, or all, and {CandleSettings.Allowed}, such as 1m=90.");
        var doubled = keep.GroupBy(entry => entry[..entry.IndexOf('=', StringComparison.Ordinal)], StringComparer.OrdinalIgnoreCase).FirstOrDefault(entries => entries.Count() > 1);
        if (doubled is not null) throw new SettingsException($"--keep names {doubled.Key} twice; leave one of the two out.");
        configuration.AddCommandLine([.. keep.Select(entry => $"--{CandleSettings.Section}:{nameof(CandleSettings.KeepDays)}:{entry}")]);
        return CandleSettings.Read(configuration).ToRetention();
    }

    /// <summary>Nobody else changes the folder, and no service is known to replay it: at its next start it would miss what has gone.</summary>
    private static IDisposable TakeTurn(string folder, MarketSettings market, StateLayout layout)
    {
        var replays = market.Source is MarketSource.Auto or MarketSource.Replay && string.Equals(Path.GetFullPath(market.Path), Path.GetFullPath(folder), StringComparison.Ordinal);
        if (replays && DataIndex.IsInUse(layout)) throw new CandleFileException($"A service runs on the state in {layout.Folder} and may replay {folder}; stop it first. Nothing was removed.");
        return CandleDownload.TakeTurn(folder);
    }

    private static async Task TellAsync(CandleFolder folder, OldCandleFiles old, IReadOnlyList<string> unfinished, bool isDone, bool isJson)
    {
        if (isJson)
        {
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(new
            {
                folder = folder.Path,
                removed = isDone,
                items = old.Files.Select(file => new { file = Path.GetFileName(file.Path), symbol = file.Symbol, interval = file.Interval.ToString(), end = file.End, bytes = file.Bytes }),
                unfinished = unfinished.Select(Path.GetFileName),
            }));
            return;
        }

        foreach (var file in old.Files) await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{file.Symbol,-12} {file.Interval,-4} ends {file.End:yyyy-MM-dd HH:mm} {file.Bytes / 1024.0,9:0.0} KiB {Path.GetFileName(file.Path)}"));
        foreach (var file in unfinished) await Console.Out.WriteLineAsync($"unfinished {Path.GetFileName(file)}");
        var what = string.Create(CultureInfo.InvariantCulture, $"{Counted.Of(old.Files.Count + unfinished.Count, "file")}, {old.Files.Sum(file => file.Bytes) / 1024.0 / 1024:0.0} MiB of candles");
        await Console.Out.WriteLineAsync(isDone ? $"{what}: removed." : $"{what}: would be removed; add --yes to do it.");
    }
}
