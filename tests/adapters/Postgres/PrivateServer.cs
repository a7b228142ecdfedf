using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Xunit;

namespace OrleansTrader.Adapters.Tests.Postgres;

/// <summary>A PostgreSQL server of these tests alone, from the installed one.</summary>
internal sealed class PrivateServer : IDisposable
{
    private static readonly Lazy<PrivateServer> Common = new(StartCommon);
    private static int _databases;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trader-pg-");
    private readonly string _connection;

    private PrivateServer() => _connection = Run("start")[^1];

    /// <summary>The one that tests share; skips the test where PostgreSQL is not installed, and fails it where it is required.</summary>
    public static PrivateServer Shared
    {
        get
        {
            Require();
            return Common.Value;
        }
    }

    /// <summary>One that a test may stop.</summary>
    public static PrivateServer StartOwn()
    {
        Require();
        return new PrivateServer();
    }

    /// <summary>A database with nothing in it.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}");
        await using var connection = new NpgsqlConnection(_connection + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"create database {name}";
        await command.ExecuteNonQueryAsync();
        // A server beside many tests may need longer to begin a session than whoever trades would wait.
        return _connection.Replace("Database=trader", $"Database={name}", StringComparison.Ordinal) + ";Timeout=30";
    }

    /// <summary>Folder of its socket.</summary>
    public string Folder => _folder.FullName;

    public void Start() => Run("start");

    public void Stop() => Run("stop");

    /// <summary>As a power cut that leaves the disk: nothing is put in order.</summary>
    public void Crash() => Run("crash");

    public void Dispose()
    {
        try
        {
            Crash();
        }
        catch (InvalidOperationException)
        {
            // A test has stopped it.
        }

        _folder.Delete(recursive: true);
    }

    private static PrivateServer StartCommon()
    {
        var server = new PrivateServer();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.LeaveBehind();
        return server;
    }

    /// <summary>Ends it and removes what it has written, for which nobody waits: a hundred databases take their time.</summary>
    private void LeaveBehind()
    {
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", $"setsid sh -c \"bash '{Script()}' crash '{_folder.FullName}'; rm -rf '{_folder.FullName}'\" </dev/null >/dev/null 2>&1 &"]) { UseShellExecute = false });
    }

    private static void Require()
    {
        const string Installed = "/usr/lib/postgresql";
        if (Directory.Exists(Installed)) return;
        const string Reason = $"there is no PostgreSQL below {Installed}; install Debian's postgresql";
        if (string.Equals(Environment.GetEnvironmentVariable("REQUIRE_SERVERS"), "1", StringComparison.Ordinal)) Assert.Fail(Reason);
        Assert.Skip(Reason);
    }

    private string[] Run(string command)
    {
        // A server that is started keeps the pipes of whoever starts it.
        var output = Path.Combine(_folder.FullName, "said");
        var start = new ProcessStartInfo("sh", ["-c", $"exec bash '{Script()}' {command} '{_folder.FullName}' >'{output}' 2>&1"]) { UseShellExecute = false };
        using var process = Process.Start(start)!;
        process.WaitForExit();
        var said = File.ReadAllLines(output);
        return process.ExitCode == 0 ? said : throw new InvalidOperationException($"scripts/postgres {command} ended with {process.ExitCode}: {string.Join('\n', said)}");
    }

    private static string Script()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "scripts", "postgres")))
                return Path.Combine(folder.FullName, "scripts", "postgres");
        throw new InvalidOperationException("scripts/postgres is not above the tests.");
    }
}
