using System.CommandLine;
using OrleansTrader.Adapters.Journal;
using OrleansTrader.Adapters.Secrets;
using OrleansTrader.Silo.Hosting;

namespace OrleansTrader.Cli;

/// <summary>The journals of a folder, and what opens those that are sealed.</summary>
/// <param name="Seal">Null where nothing is sealed, or it is not needed.</param>
internal sealed record OpenJournals(JournalInspection Journals, StateSeal? Seal);

/// <summary>The options by which journals are found and opened.</summary>
internal sealed class JournalOptionSet
{
    private readonly Option<string> _state = new("--state") { Description = "Folder of the service's state", DefaultValueFactory = _ => "state" };
    private readonly Option<string?> _key = new("--journal-key") { Description = "File of the key that chains the journals, where it does not lie beside them" };
    private readonly KeyOption _owner = new("--key-file", "TRADER_KEY", "key or passphrase");

    /// <param name="isSealNeeded">The command looks into sealed facts.</param>
    public void AddTo(Command command, bool isSealNeeded)
    {
        command.Add(_state);
        command.Add(_key);
        if (isSealNeeded) _owner.AddTo(command);
    }

    public StateLayout Layout(ParseResult parsed) => new(parsed.GetValue(_state)!);

    public KeyMaterial Owner(ParseResult parsed) => _owner.Read(parsed, isNew: false);

    /// <exception cref="SecretException">The state is sealed, and the key is missing or another one.</exception>
    public async Task<OpenJournals> OpenAsync(ParseResult parsed, bool isSealNeeded, CancellationToken cancellation)
    {
        var layout = Layout(parsed);
        var seal = isSealNeeded && File.Exists(layout.Seal) ? await StateSeal.OpenAsync(layout.Seal, Owner(parsed), TimeProvider.System, cancellation) : null;
        return new OpenJournals(new JournalInspection(layout.Journal, parsed.GetValue(_key), seal), seal);
    }
}
