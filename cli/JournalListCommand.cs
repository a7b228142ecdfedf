using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using OrleansTrader.Adapters.Journal;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Ports;
using OrleansTrader.Silo.Hosting;

namespace OrleansTrader.Cli;

/// <summary><c>trader journal list</c>: facts by time, symbol and kind, a page at a time.</summary>
internal static class JournalListCommand
{
    public static Command Create()
    {
        var account = new Option<string?>("--account") { Description = "Whose; not needed where there is one" };
        var from = new Option<DateTimeOffset?>("--from") { Description = "The earliest time, UTC" };
        var to = new Option<DateTimeOffset?>("--to") { Description = "The latest" };
        var symbol = new Option<string?>("--symbol") { Description = "Such as BTCUSDT" };
        var kind = new Option<string?>("--kind") { Description = $"A kind of fact such as Filled, or one of {string.Join(", ", JournalKinds.GroupNames)}" };
        var after = new Option<long?>("--after") { Description = "The number of the last fact of the page before" };
        var limit = new Option<int>("--limit") { Description = $"1 to {JournalQuery.MostItems}", DefaultValueFactory = _ => 100 };
        var oldest = new Option<bool>("--oldest-first") { Description = "Otherwise the newest come first" };
        var json = new Option<bool>("--json") { Description = "One JSON object: items, and next where there is another page" };
        var options = new JournalOptionSet();
        var command = new Command("list", "Lists facts of a journal, also while the service runs") { account, from, to, symbol, kind, after, limit, oldest, json };
        options.AddTo(command, isSealNeeded: true);
        command.Runs((parsed, cancellation) => JournalCommand.TryAsync(async () =>
        {
            if (parsed.GetValue(limit) is < 1 or > JournalQuery.MostItems) throw new StateFolderException($"--limit is {parsed.GetValue(limit)}; it must be from 1 to {JournalQuery.MostItems}.");
            if (parsed.GetValue(kind) is { } name && !JournalKinds.TryParse(name, out _)) throw new StateFolderException($"--kind is '{name}'; it must be a kind of fact such as Filled, or one of {string.Join(", ", JournalKinds.GroupNames)}.");
            await using var open = await options.OpenAsync(parsed, isSealNeeded: true, cancellation);
            var journals = open.Journals;
            var query = new JournalQuery
            {
                From = parsed.GetValue(from)?.UtcDateTime,
                To = parsed.GetValue(to)?.UtcDateTime,
                Symbol = parsed.GetValue(symbol),
                Kind = parsed.GetValue(kind),
                After = parsed.GetValue(after),
                Limit = parsed.GetValue(limit),
                IsNewestFirst = !parsed.GetValue(oldest),
            };
            var page = journals.Find(parsed.GetValue(account) ?? One(journals), query, cancellation);
            await (parsed.GetValue(json) ? WriteJsonAsync(page) : WriteTextAsync(page));
            return 0;
        }));
        return command;
    }

    private static string One(IJournalInspection journals) => journals.Accounts.Where(account => !ServiceJournal.Is(account)).ToArray() switch
    {
        [var only] => only,
        var several => throw new StateFolderException($"Name an account with --account; there are {(several.Length == 0 ? "none" : string.Join(", ", several))}."),
    };

    private static Task WriteJsonAsync(JournalPage page) => Console.Out.WriteLineAsync(Redaction.WithoutKnown(JsonSerializer.Serialize(
        new { items = page.Entries.Select(entry => new { sequence = entry.Sequence, time = entry.Time == default ? (DateTime?)null : entry.Time, fact = JsonSerializer.SerializeToElement(entry.Fact, JournalJson.LineOptions) }), next = page.Next })));

    private static async Task WriteTextAsync(JournalPage page)
    {
        foreach (var entry in page.Entries)
        {
            var text = JsonSerializer.Serialize(entry.Fact with { Kind = default, Time = default, Symbol = null, Decision = null }, JournalJson.LineOptions);
            // Before the first bar an account knows no time of its market.
            var time = entry.Time == default ? "-" : entry.Time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            await Console.Out.WriteLineAsync(Redaction.WithoutKnown(string.Create(CultureInfo.InvariantCulture, $"{entry.Sequence,8} {time,-19} {entry.Fact.Kind,-18} {entry.Fact.Symbol ?? "-",-10} {entry.Fact.Command?.Describe() ?? text}")));
        }

        if (page.Next is { } next) await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"There is more: --after {next}"));
        else if (page.Entries.IsEmpty) await Console.Out.WriteLineAsync("There is nothing like that.");
    }
}
