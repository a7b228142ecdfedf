using System.CommandLine;
using System.Globalization;
using OrleansTrader.Adapters.Postgres;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Market;
using OrleansTrader.Silo.Hosting;

namespace OrleansTrader.Cli;

/// <summary><c>trader db</c>: the database that state is kept in.</summary>
internal static class DbCommand
{
    private static readonly Option<string?> Out = new("--out") { Description = "Folder of state to write to; otherwise that of --state, which has the key of the journals" };

    public static Command Create() => new("db", "Looks after the PostgreSQL database that state is kept in")
    {
        Make("migrate", "Brings the tables to the version of this program", MigrateAsync),
        Make("status", "Tells version, latency, accounts and sizes", StatusAsync),
        Make("export", "Takes all state from the database to files, in a folder that has none; a service may run", ExportAsync, Out),
        Make("import", "Takes all state from files to a database that has none; no service may run", ImportAsync),
    };

    private static async Task MigrateAsync(PostgresServer server, StateLayout state, ParseResult parsed, CancellationToken cancellation)
    {
        var applied = await SchemaMigration.ApplyAsync(server, cancellation);
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{server.Name} has version {SchemaMigration.Newest} of the schema{(applied == 0 ? " already" : "")}."));
    }

    private static async Task StatusAsync(PostgresServer server, StateLayout state, ParseResult parsed, CancellationToken cancellation)
    {
        var status = await StoreStatus.AskAsync(server, cancellation);
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{status.Server}: version {status.Version}, answers in {status.Latency.TotalMilliseconds:0.00} ms."));
        await Console.Out.WriteLineAsync(status.SchemaVersion == 0
            ? "It has no tables of this program yet; 'trader db migrate' makes them."
            : string.Create(CultureInfo.InvariantCulture, $"Schema {status.SchemaVersion} (this program: {SchemaMigration.Newest}), {status.Bytes / 1024.0 / 1024:0.0} MiB, {Counted.Of(status.Snapshots, "snapshot")}, {Counted.Of(status.Reminders, "reminder")}, {Counted.Of(status.CandleFiles, "candle file")} in the index."));
        foreach (var (account, facts, turns) in status.Accounts) await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{account}: {Counted.Of(facts, "fact")} in {Counted.Of(turns, "turn")}"));
        if (!status.IsSafe) await Console.Error.WriteLineAsync("warning: fsync or full_page_writes is off on this server: a power cut loses what was acknowledged.");
    }

    private static async Task ExportAsync(PostgresServer server, StateLayout state, ParseResult parsed, CancellationToken cancellation)
    {
        // What was written beside the server belongs to it, and only a service can take it there.
        if (Directory.Exists(state.Spill) && Directory.GetFiles(state.Spill, "*.spill").FirstOrDefault() is { } spill)
            throw new StoreException($"{spill} has facts that the database lacks; start the service, which takes them there, and try again.");
        var files = parsed.GetValue(Out) is { } folder ? new StateLayout(folder) : state;
        await TellAsync(await TransferOf(server, files, state.JournalKey).ExportAsync(cancellation), $"is in {files.Folder}");
    }

    private static async Task ImportAsync(PostgresServer server, StateLayout state, ParseResult parsed, CancellationToken cancellation)
    {
        using var ours = StateFolder.Take(state.Folder);
        if (SealedState.HasKeys(state)) throw new StoreException($"The state in {state.Folder} is sealed, or was ({state.Seal}), and only plain state is taken to PostgreSQL; keep it in files. Nothing was changed.");
        await SchemaMigration.ApplyAsync(server, cancellation);
        var told = await TransferOf(server, state, state.JournalKey).ImportAsync(cancellation);
        // From now on the files are the past.
        StoreMark.Set(state, server.Name, (await StoreStatus.AskAsync(server, cancellation)).Accounts.Select(account => account.Account));
        await TellAsync(told, $"is in {server.Name}; set {PostgresServer.Setting}, and the service goes on from there");
    }

    private static StoreTransfer TransferOf(PostgresServer server, StateLayout files, string keyFile) => new(server, files.Journal, files.Snapshots, files.Reminders, files.CandleIndex, keyFile);

    private static async Task TellAsync(IReadOnlyList<string> accounts, string where)
    {
        foreach (var account in accounts) await Console.Out.WriteLineAsync(account);
        await Console.Out.WriteLineAsync($"All of it {where}.");
    }

    private static Command Make(string name, string description, Func<PostgresServer, StateLayout, ParseResult, CancellationToken, Task> act, params Option[] others)
    {
        var state = new StateOption();
        var store = new StoreOption();
        var command = new Command(name, description);
        state.AddTo(command);
        store.AddTo(command);
        foreach (var other in others) command.Add(other);
        command.Runs(async (parsed, cancellation) =>
        {
            var layout = state.Read(parsed);
            await using var server = store.Get(parsed, layout);
            await act(server, layout, parsed, cancellation);
            return 0;
        });
        return command;
    }
}
