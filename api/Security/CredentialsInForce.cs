using OrleansTrader.Core.Ports;
using OrleansTrader.Silo.Access;

namespace OrleansTrader.Api.Security;

/// <summary>The credentials as their file has them at this moment, so that a changed password or a revoked token holds at once.</summary>
internal sealed partial class CredentialsInForce(CredentialStore store, AccessRules rules, ILogger<CredentialsInForce> log, CredentialNotes? notes = null) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private volatile Known? _known;
    private volatile string? _problem;
    private volatile bool _isLoginNeeded = rules.IsOpenToOthers;

    /// <summary>True once there were credentials: a file that vanishes must not open the door.</summary>
    public bool IsLoginNeeded => _isLoginNeeded;

    /// <summary>False while the file cannot be read.</summary>
    public bool CanRead => _problem is null;

    public async ValueTask<Credentials> NowAsync(CancellationToken cancellation)
    {
        var version = store.Version;
        if (_known is { } known && known.Version == version) return known.Credentials;
        await _turn.WaitAsync(cancellation);
        try
        {
            // Looked at before it is read: what is written meanwhile is read next time.
            version = store.Version;
            if (_known is { } latest && latest.Version == version) return latest.Credentials;
            if (await TryReadAsync(cancellation) is not { } credentials) return Credentials.None;
            _isLoginNeeded |= credentials.AreSet;
            _known = new Known(version, credentials);
            if (notes is not null) await notes.TakeAsync(credentials);
            return credentials;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <returns>Null when they cannot be read; the next request tries again, since what was wrong may show in no date of the file.</returns>
    private async Task<Credentials?> TryReadAsync(CancellationToken cancellation)
    {
        try
        {
            var credentials = await store.ReadAsync(cancellation);
            _problem = null;
            return credentials;
        }
        catch (OperatorException damaged)
        {
            if (!string.Equals(_problem, damaged.Message, StringComparison.Ordinal)) LogDamage(log, damaged.Message);
            (_problem, _isLoginNeeded) = (damaged.Message, true);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Error, "Nobody can log in: {Problem}")]
    private static partial void LogDamage(ILogger logger, string problem);

    private sealed record Known((DateTime Written, long Length)? Version, Credentials Credentials);
}
