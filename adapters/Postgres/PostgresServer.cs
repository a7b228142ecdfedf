using System.Net.Sockets;
using Npgsql;

namespace OrleansTrader.Adapters.Postgres;

/// <summary>A database that state is kept in, and the connections to it.</summary>
public sealed class PostgresServer : IDisposable, IAsyncDisposable
{
    /// <summary>The setting that names it.</summary>
    public const string Setting = "ConnectionStrings:Trader";

    /// <summary>The secret of the owner that has the password, where nothing else has it.</summary>
    public const string PasswordSecret = "postgres.password";

    /// <summary>A server that takes longer than this for a turn is as good as away.</summary>
    private static readonly TimeSpan StandardPatience = TimeSpan.FromSeconds(3);

    private readonly NpgsqlConnectionStringBuilder _settings;
    private readonly NpgsqlDataSource _source;

    /// <param name="patience">How long to wait for a connection or for a statement of the journal; null for 3 seconds.</param>
    /// <exception cref="StoreException">The text is no connection string.</exception>
    public PostgresServer(string connectionString, TimeSpan? patience = null)
    {
        Patience = patience ?? StandardPatience;
        _settings = Parse(connectionString);
        var seconds = (int)Math.Ceiling(Patience.TotalSeconds);
        if (!IsSet("Timeout")) _settings.Timeout = seconds;
        if (!IsSet("Application Name")) _settings.ApplicationName = "trader";
        Name = $"PostgreSQL at {_settings.Host}{(_settings.Host!.StartsWith('/') ? "" : $":{_settings.Port}")}, database {_settings.Database ?? _settings.Username}";
        _source = NpgsqlDataSource.Create(_settings);
    }

    /// <summary>Server and database in words.</summary>
    public string Name { get; }

    internal TimeSpan Patience { get; }

    /// <summary>True when the connection string itself says how to log in.</summary>
    internal bool HasPassword => !string.IsNullOrEmpty(_settings.Password) || !string.IsNullOrEmpty(_settings.Passfile);

    /// <summary>What is wrong with a connection string, in words that repeat nothing of it; null when it is one.</summary>
    public static string? ProblemWith(string connectionString)
    {
        try
        {
            _ = Parse(connectionString);
            return null;
        }
        catch (StoreException problem)
        {
            return problem.Message;
        }
    }

    /// <summary>The same text with a password from elsewhere, unless it has one of its own.</summary>
    public static string WithPassword(string connectionString, Func<string?> password)
    {
        var settings = Parse(connectionString);
        if (string.IsNullOrEmpty(settings.Password) && string.IsNullOrEmpty(settings.Passfile) && password() is { } secret) settings.Password = secret;
        return settings.ConnectionString;
    }

    public void Dispose() => _source.Dispose();

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    /// <summary>Whether it is something about the server or the way to it, and not about this program.</summary>
    internal static bool Covers(Exception failed) => failed is NpgsqlException or TimeoutException or IOException or SocketException;

    /// <exception cref="StoreException">The server cannot be reached.</exception>
    internal async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellation)
    {
        try
        {
            return await _source.OpenConnectionAsync(cancellation);
        }
        catch (Exception failed) when (Covers(failed))
        {
            throw Unreachable(failed);
        }
    }

    /// <summary>A connection of its own, whose session the server lists under the given name, and which breaks at once when a statement takes too long.</summary>
    internal NpgsqlConnection CreateWriter(string session) => new(new NpgsqlConnectionStringBuilder(_settings.ConnectionString)
    {
        Pooling = false,
        ApplicationName = session,
        CommandTimeout = (int)Math.Ceiling(Patience.TotalSeconds),
        CancellationTimeout = -1,
    }.ConnectionString);

    /// <summary>Connections that are kept for later may be dead.</summary>
    internal void Forget() => _source.Clear();

    internal StoreException Unreachable(Exception failed) =>
        new($"{Name} cannot be reached: {Text(failed)}; start it, or mend {Setting}.", failed);

    internal StoreException Failed(Exception failed) =>
        failed is PostgresException ? new($"{Name} refuses: {Text(failed)}.", failed) : Unreachable(failed);

    internal static string Text(Exception failed) =>
        (failed is NpgsqlException { InnerException: { } inner } and not PostgresException && inner.Message.Length > 0 ? $"{failed.Message} ({inner.Message.TrimEnd('.')})" : failed.Message).TrimEnd('.').ReplaceLineEndings(" ");

    private static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        const string Form = "write it as Host=...;Database=...;Username=..., with Password=... or Passfile=... where one is needed";
        var settings = TryParse(connectionString) ?? throw new StoreException($"{Setting} is no connection string of PostgreSQL; {Form}.");
        return string.IsNullOrWhiteSpace(settings.Host) ? throw new StoreException($"{Setting} names no host; {Form}.") : settings;
    }

    /// <summary>Null where the text is none: what the parser says of it may repeat it, and so the password.</summary>
    private static NpgsqlConnectionStringBuilder? TryParse(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception failed) when (failed is ArgumentException or FormatException or InvalidCastException or OverflowException or KeyNotFoundException)
        {
            return null;
        }
    }

    private bool IsSet(string keyword) => _settings.Keys.Any(key => string.Equals(key, keyword, StringComparison.OrdinalIgnoreCase));
}
