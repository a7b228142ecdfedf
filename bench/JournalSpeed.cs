using System.Diagnostics;
using System.Globalization;
using OrleansTrader.Adapters.Journal;
using OrleansTrader.Adapters.Postgres;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Bench;

/// <summary>
/// How many facts a journal makes durable, one by one and together, in files of the current folder and, where a server is named, in PostgreSQL;
/// beside pgbench on the same disk when its figure is given.
/// </summary>
internal static class JournalSpeed
{
    private const int Single = 2_000;
    private const int Most = 100_000;

    /// <summary>Appends that are under way at the same time.</summary>
    private static readonly int[] Windows = [1, 16, 64, 128, 256, 512];

    private const double WantedRatio = 20;
    private const double WantedP99 = 5;

    /// <param name="pgbench">Transactions per second of <c>pgbench -N</c> with one client; null when nobody measured it.</param>
    /// <param name="connection">Of the server that pgbench was measured on; null where there is none.</param>
    public static async Task<int> RunAsync(double? pgbench, string? connection = null)
    {
        var folder = Directory.CreateDirectory("journal-speed").FullName;
        try
        {
            Say($"{"one fact each, synced to disk",-40}{"facts/s",12}{"p50 ms",10}{"p99 ms",10}{"x pgbench",12}");
            List<string> missed = [];
            using (var journal = new FileJournal(new JournalOptions { Folder = folder })) await TellAsync(journal, "files", pgbench, missed);
            if (connection is not null)
            {
                await using var server = new PostgresServer(connection);
                await SchemaMigration.ApplyAsync(server);
                await using var journal = new PostgresJournal(server, new PostgresJournalOptions { KeyFile = Path.Combine(folder, "postgres.key"), SpillFolder = Path.Combine(folder, "spill") });
                await TellAsync(journal, "PostgreSQL", pgbench, missed);
                if (Directory.Exists(Path.Combine(folder, "spill"))) missed.Add("the server was away in between");
            }

            if (pgbench is { } transactions) Say($"pgbench -N, one client: {transactions:0} transactions/s");
            foreach (var line in missed) Say($"MISSED: {line}");
            if (missed.Count == 0) Say($"all targets reached");
            return missed.Count == 0 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>One journal with ever more under way at a time; it is enough that one number of them reaches both targets.</summary>
    private static async Task TellAsync(IJournal journal, string name, double? pgbench, List<string> missed)
    {
        var hasReached = false;
        foreach (var window in Windows)
        {
            var (perSecond, p50, p99) = await MeasureAsync(journal, string.Create(CultureInfo.InvariantCulture, $"of-{window}"), Math.Min(Most, window * Single), window);
            hasReached |= p99 <= WantedP99 && (pgbench is null || perSecond / pgbench >= WantedRatio);
            var ratio = pgbench is { } transactions ? (perSecond / transactions).ToString("0.0", CultureInfo.InvariantCulture) : "-";
            Say($"{string.Create(CultureInfo.InvariantCulture, $"{name}, {window} under way at a time"),-40}{perSecond,12:0}{p50,10:0.000}{p99,10:0.000}{ratio,12}");
        }

        if (!hasReached) missed.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: with no number under way is p99 at most {WantedP99} ms{(pgbench is null ? "" : $" at {WantedRatio} times pgbench")}"));
    }

    private static async Task<(double PerSecond, double P50, double P99)> MeasureAsync(IJournal journal, string account, int count, int window)
    {
        var latencies = new double[count];
        using var room = new SemaphoreSlim(window);
        var tasks = new Task[count];
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            await room.WaitAsync();
            tasks[i] = AppendAsync(i);
        }

        await Task.WhenAll(tasks);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Array.Sort(latencies);
        return (count / seconds, latencies[count / 2], latencies[(int)(count * 0.99)]);

        async Task AppendAsync(int i)
        {
            var begun = Stopwatch.GetTimestamp();
            await journal.AppendAsync(account, BatchOf(i + 1), CancellationToken.None);
            latencies[i] = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
            room.Release();
        }
    }

    private static JournalBatch BatchOf(long sequence)
    {
        var time = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var fact = new Fact { Kind = FactKind.Filled, Time = time, Symbol = "BTCUSDT", OrderId = sequence, TradeId = sequence, Quantity = 0.015m, Price = 42_000.25m, Fee = 0.63m, Side = OrderSide.Buy, Purpose = OrderPurpose.Entry, IsLast = true };
        return new JournalBatch(sequence, time, StepPhase.Decided, default, [], [fact]);
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
