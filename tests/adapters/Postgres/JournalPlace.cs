using Npgsql;
using OrleansTrader.Adapters.Postgres;

namespace OrleansTrader.Adapters.Tests.Postgres;

/// <summary>A database with the schema, and a folder with key and spill: what the journals of one test are in.</summary>
internal sealed class JournalPlace : IDisposable
{
    /// <summary>How long a test waits for its database says nothing of what it tests, unless it is about that.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    /// <summary>The server takes a moment to end a connection that has gone, and only then is its account free.</summary>
    private static readonly TimeSpan LongForLock = TimeSpan.FromSeconds(5);

    private readonly TemporaryFolder _folder = new();
    private readonly List<IDisposable> _opened = [];

    private WaywardLine? _line;

    private JournalPlace(string connection) => Connection = connection;

    public string Connection { get; set; }

    public string KeyFile => _folder.File("journal.key");

    public string SpillFolder => _folder.File("spill");

    public WarningLog<PostgresJournal> Log { get; } = new();

    public static JournalPlace Make(PrivateServer? server = null)
    {
        var place = new JournalPlace((server ?? PrivateServer.Shared).CreateDatabaseAsync().GetAwaiter().GetResult());
        SchemaMigration.ApplyAsync(place.Server(Long)).GetAwaiter().GetResult();
        return place;
    }

    public string SpillOf(string account) => Path.Combine(SpillFolder, account + ".spill");

    /// <summary>Reaches the server from now on over a line that can be cut; it ends with this.</summary>
    public WaywardLine GoOverLine()
    {
        _line = new WaywardLine(PrivateServer.Shared);
        Connection = _line.Over(Connection);
        return _line;
    }

    public PostgresServer Server(TimeSpan? patience = null)
    {
        var server = new PostgresServer(Connection, patience);
        _opened.Add(server);
        return server;
    }

    public PostgresJournal Open(Action<PostgresJournalOptions>? change = null, TimeSpan? patience = null)
    {
        var options = new PostgresJournalOptions { KeyFile = KeyFile, SpillFolder = SpillFolder, LockPatience = LongForLock, LongestPause = TimeSpan.FromMilliseconds(300), SearchStep = 16 };
        change?.Invoke(options);
        var journal = new PostgresJournal(Server(patience ?? Long), options, Log);
        _opened.Add(journal);
        return journal;
    }

    public async Task<int> SqlAsync(string text)
    {
        await using var connection = new NpgsqlConnection(Connection + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = text;
        return await command.ExecuteNonQueryAsync();
    }

    public async Task<object?> ValueAsync(string text)
    {
        await using var connection = new NpgsqlConnection(Connection + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = text;
        return await command.ExecuteScalarAsync();
    }

    public void Dispose()
    {
        _line?.Mend();
        _opened.Reverse();
        foreach (var one in _opened) one.Dispose();
        _line?.Dispose();
        _folder.Dispose();
    }
}
