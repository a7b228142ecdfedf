using OrleansTrader.Adapters.Journal;
using OrleansTrader.Adapters.Postgres;
using OrleansTrader.Adapters.Tests.Postgres;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Silo;
using OrleansTrader.Silo.Hosting;

namespace OrleansTrader.Cluster.Tests.Service;

/// <summary>What a service that is killed again and again keeps its state in.</summary>
internal abstract class KilledStore
{
    private KilledStore()
    {
    }

    public virtual string[] Settings => [];

    /// <returns>False where there is no server that could crash.</returns>
    public virtual bool Crash() => false;

    /// <summary>Starts the server, where it does not run.</summary>
    public virtual void Restore()
    {
    }

    public abstract Task<List<Fact>> FactsAsync(StateLayout state, string account, CancellationToken cancellation);

    public abstract Task<AccountRebuild> RebuildAsync(StateLayout state, string account, CancellationToken cancellation);

    public sealed class Files : KilledStore
    {
        public override Task<List<Fact>> FactsAsync(StateLayout state, string account, CancellationToken cancellation) =>
            Task.FromResult(new JournalInspection(state.Journal).Read(account, cancellation).SelectMany(batch => batch.Facts).ToList());

        public override Task<AccountRebuild> RebuildAsync(StateLayout state, string account, CancellationToken cancellation) =>
            AccountRebuild.RunAsync(state, new JournalInspection(state.Journal), account, cancellation: cancellation);
    }

    public sealed class Postgres : KilledStore, IDisposable
    {
        private readonly PrivateServer _server;
        private readonly string _connection;
        private bool _isDown;

        private Postgres(PrivateServer server, string connection) => (_server, _connection) = (server, connection);

        public override string[] Settings => [$"--ConnectionStrings:Trader={_connection}"];

        public static async Task<Postgres> StartAsync()
        {
            var server = PrivateServer.StartOwn();
            return new Postgres(server, await server.CreateDatabaseAsync());
        }

        public override bool Crash()
        {
            _server.Crash();
            return _isDown = true;
        }

        public override void Restore()
        {
            if (_isDown) _server.Start();
            _isDown = false;
        }

        /// <summary>What was written beside the server belongs to it, as at the next start of the service.</summary>
        public override async Task<List<Fact>> FactsAsync(StateLayout state, string account, CancellationToken cancellation)
        {
            await using var server = new PostgresServer(_connection);
            await using var journal = new PostgresJournal(server, new PostgresJournalOptions { KeyFile = state.JournalKey, SpillFolder = state.Spill });
            return [.. (await journal.ReadAsync(account, 0, cancellation).ToListAsync(cancellation)).SelectMany(batch => batch.Facts)];
        }

        public override async Task<AccountRebuild> RebuildAsync(StateLayout state, string account, CancellationToken cancellation)
        {
            await using var server = new PostgresServer(_connection);
            return await AccountRebuild.RunAsync(server, new PostgresInspection(server, state.JournalKey), account, cancellation);
        }

        public void Dispose() => _server.Dispose();
    }
}
