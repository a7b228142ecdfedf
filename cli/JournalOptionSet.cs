using System.CommandLine;
using OrleansTrader.Adapters.Journal;
using OrleansTrader.Adapters.Postgres;
using OrleansTrader.Adapters.Secrets;
using OrleansTrader.Silo.Hosting;

namespace OrleansTrader.Cli;

/// <summary>The journals of a folder or of a database, and what opens those that are sealed.</summary>
/// <param name="Seal">Null where nothing is sealed, or it is not needed.</param>
/// <param name="Server">Null where they are files.</param>
internal sealed record OpenJournals(IJournalInspection Journals, StateSeal? Seal, PostgresServer? Server) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Server?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>The options by which journals are found and opened.</summary>
internal sealed class JournalOptionSet
{
    private readonly StateOption _state = new();
    private readonly StoreOption _store = new();
    private readonly Option<string?> _key = new("--journal-key") { Description = "File of the key that chains the journals, where it does not lie beside them" };
    private readonly KeyOption _owner = new("--key-file", "TRADER_KEY", "key or passphrase");

    /// <param name="isSealNeeded">The command looks into sealed facts.</param>
    public void AddTo(Command command, bool isSealNeeded)
    {
        _state.AddTo(command);
        _store.AddTo(command);
        command.Add(_key);
        if (isSealNeeded) _owner.AddTo(command);
    }

    public StateLayout Layout(ParseResult parsed) => _state.Read(parsed);

    public KeyMaterial Owner(ParseResult parsed) => _owner.Read(parsed, isNew: false);

    /// <exception cref="SecretException">The state is sealed, and the key is missing or another one.</exception>
    /// <exception cref="StoreException">What is set is no connection string, or none is set and the folder's accounts are in a database.</exception>
    public async Task<OpenJournals> OpenAsync(ParseResult parsed, bool isSealNeeded, CancellationToken cancellation)
    {
        var layout = Layout(parsed);
        if (_store.Find(parsed, layout) is { } server) return new OpenJournals(new PostgresInspection(server, parsed.GetValue(_key) ?? layout.JournalKey), Seal: null, server);
        // The files of before would be told as if they were the accounts, or changed instead of them.
        StoreMark.RefuseFiles(layout);
        var seal = isSealNeeded && SealedState.HasKeys(layout) ? await StateSeal.OpenAsync(layout.Seal, Owner(parsed), TimeProvider.System, cancellation) : null;
        return new OpenJournals(new JournalInspection(layout.Journal, parsed.GetValue(_key), seal), seal, Server: null);
    }

    /// <summary>Those of the folder, for what is done to files alone.</summary>
    /// <exception cref="StoreException">The journals are in a database.</exception>
    public async Task<JournalInspection> FilesAsync(ParseResult parsed, bool isSealNeeded, CancellationToken cancellation)
    {
        var open = await OpenAsync(parsed, isSealNeeded, cancellation);
        if (open.Journals is JournalInspection files) return files;
        await open.DisposeAsync();
        throw new StoreException("The journals are in PostgreSQL, and their key is not changed by this.");
    }
}
