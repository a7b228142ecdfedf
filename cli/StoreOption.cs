using System.CommandLine;
using OrleansTrader.Adapters.Postgres;
using OrleansTrader.Silo.Hosting;
using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Cli;

/// <summary>Which database is meant: that of the service's settings, from <c>trader.json</c> or the environment, or one that is named.</summary>
internal sealed class StoreOption
{
    private readonly Option<string?> _database = new("--database") { Description = "Connection string of PostgreSQL; otherwise ConnectionStrings:Trader of trader.json or the environment" };

    public void AddTo(Command command) => command.Add(_database);

    /// <returns>Null when state is kept in files.</returns>
    /// <exception cref="StoreException">What is set is no connection string.</exception>
    public PostgresServer? Find(ParseResult parsed, StateLayout state)
    {
        using var configuration = ServiceConfiguration.Read();
        var settings = new StoreSettings { Trader = parsed.GetValue(_database) ?? configuration[PostgresServer.Setting] ?? "" };
        return settings.IsSet ? StoreServer.Open(settings, state) : null;
    }

    /// <exception cref="StoreException">None is set, or what is set is no connection string.</exception>
    public PostgresServer Get(ParseResult parsed, StateLayout state) =>
        Find(parsed, state) ?? throw new StoreException($"No database is named; set {PostgresServer.Setting}, or name one with --database.");
}
