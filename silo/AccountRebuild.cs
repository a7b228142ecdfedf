using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orleans.Storage;
using OrleansTrader.Adapters.Journal;
using OrleansTrader.Adapters.Postgres;
using OrleansTrader.Adapters.Secrets;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Grains;
using OrleansTrader.Silo.Hosting;
using OrleansTrader.Silo.Storage;

namespace OrleansTrader.Silo;

/// <summary>An account folded anew from the facts of its journal alone, held against its snapshot.</summary>
/// <param name="Account">As the journal's last fact leaves it.</param>
/// <param name="SnapshotSequence">The number of the last fact that the snapshot knows; 0 when there is no snapshot.</param>
/// <param name="Differences">What the snapshot says otherwise than its facts, each with its place and both values; none when all is well.</param>
public sealed record AccountRebuild(AccountState Account, long SnapshotSequence, IReadOnlyList<string> Differences)
{
    /// <summary>The number of the last fact that the journal has let go of; what lies before it is taken from a snapshot. 0 for none.</summary>
    public long LetGo { get; init; }

    /// <summary>The number of the last fact of the snapshot from which was folded, where facts are gone; 0 where all are there.</summary>
    public long Base { get; init; }

    /// <summary>Why the snapshot could not be held against facts, although there is one; null where it was.</summary>
    public string? Obstacle { get; init; }

    /// <summary>What bars bring again, and so is no fact: marks, and how far the step had come.</summary>
    private static readonly HashSet<string> Marks = new(StringComparer.Ordinal)
    {
        nameof(AccountState.StepTime), nameof(AccountState.StepPhase), nameof(AccountState.Equity), nameof(Position.Mark), nameof(RiskRecord.Peak),
    };

    /// <param name="seal">Null where nothing is sealed.</param>
    /// <exception cref="CorruptStateException">The journal is damaged, or ends before the snapshot.</exception>
    /// <exception cref="StateFolderException">Something cannot be read.</exception>
    public static Task<AccountRebuild> RunAsync(StateLayout layout, IJournalInspection journals, string account, StateSeal? seal = null, CancellationToken cancellation = default) =>
        RunAsync(new JsonGrainStorage(layout.Snapshots, new SnapshotFile(), seal), journals, account, cancellation);

    /// <exception cref="CorruptStateException">The journal is damaged, or ends before the snapshot.</exception>
    /// <exception cref="StoreException">The server cannot be reached or refuses.</exception>
    public static Task<AccountRebuild> RunAsync(PostgresServer server, IJournalInspection journals, string account, CancellationToken cancellation = default) =>
        RunAsync(new PostgresGrainStorage(server), journals, account, cancellation);

    private static async Task<AccountRebuild> RunAsync(IGrainStorage storage, IJournalInspection journals, string account, CancellationToken cancellation)
    {
        while (true)
        {
            var letGo = journals.LetGo(account);
            try
            {
                return await RunAsync(storage, journals, account, letGo, cancellation);
            }
            catch (CorruptStateException) when (journals.LetGo(account) != letGo)
            {
                // A service that runs has let go of more meanwhile.
            }
        }
    }

    private static async Task<AccountRebuild> RunAsync(IGrainStorage storage, IJournalInspection journals, string account, long letGo, CancellationToken cancellation)
    {
        var grain = GrainId.Create("portfolio", account);
        var snapshot = new GrainState<AccountSnapshot>(new AccountSnapshot());
        await storage.ReadStateAsync("account", grain, snapshot);
        var known = snapshot.State!.Account;
        var (state, obstacle) = letGo == 0 ? (new AccountState { Name = account }, null) : await BaseAsync(storage, grain, letGo, known);
        if (state.Sequence < letGo) throw new CorruptStateException($"The journal of {account} has let go of its facts up to {letGo}, and no snapshot has them: restore the snapshots from a backup.");
        var from = state.Sequence;
        List<string> differences = obstacle is null && known.Sequence > 0 && from == known.Sequence ? [.. Between("", Json(state), Json(known))] : [];
        foreach (var batch in journals.Read(account, cancellation))
        {
            for (var i = 0; i < batch.Facts.Length; i++)
            {
                if (batch.FirstSequence + i <= state.Sequence) continue;
                Ledger.Apply(state, in batch.Facts.ItemRef(i));
                if (state.Sequence != known.Sequence) continue;
                differences.AddRange(Between("", Json(state), Json(known)));
                if (state.Sequence < batch.LastSequence)
                    differences.Add(string.Create(CultureInfo.InvariantCulture, $"the snapshot ends with fact {known.Sequence}, in the middle of the turn of facts {batch.FirstSequence} to {batch.LastSequence}, where the service takes none"));
            }
        }

        return state.Sequence >= known.Sequence
            ? new AccountRebuild(state, known.Sequence, differences) { LetGo = letGo, Base = from, Obstacle = obstacle }
            : throw new CorruptStateException($"The journal of {account} ends with fact {state.Sequence}, its snapshot knows fact {known.Sequence}: restore the journal from a backup.");
    }

    /// <summary>The snapshot before the latest, so that the latest can be held against it and the facts between them; else the latest, and why nothing can be held against it.</summary>
    private static async Task<(AccountState State, string? Obstacle)> BaseAsync(IGrainStorage storage, GrainId grain, long letGo, AccountState known)
    {
        var before = storage is JsonGrainStorage files ? (await files.ReadPreviousAsync<AccountSnapshot>("account", grain))?.Account : null;
        if (before is null) return (known.Copy(), "there is no version of it before that, or a damaged one");
        return before.Sequence >= letGo ? (before, null) : (known.Copy(), string.Create(CultureInfo.InvariantCulture, $"the version of it before that ends with fact {before.Sequence}"));
    }

    private static JsonNode? Json(AccountState state) => JsonSerializer.SerializeToNode(state, JournalJson.StateOptions);

    private static IEnumerable<string> Between(string place, JsonNode? facts, JsonNode? snapshot)
    {
        if (facts is JsonObject left && snapshot is JsonObject right)
            return left.Where(pair => !Marks.Contains(pair.Key)).SelectMany(pair => Between(place.Length == 0 ? pair.Key : $"{place}.{pair.Key}", pair.Value, right[pair.Key]));
        if (facts is JsonArray some && snapshot is JsonArray others && some.Count == others.Count)
            return some.Zip(others).SelectMany((pair, i) => Between($"{place}[{i}]", pair.First, pair.Second));
        return JsonNode.DeepEquals(facts, snapshot) ? [] : [$"{place} is {Short(facts)} by the facts and {Short(snapshot)} in the snapshot"];
    }

    private static string Short(JsonNode? node) => node?.ToJsonString() is { } text ? text.Length > 80 ? text[..80] + "..." : text : "nothing";
}
