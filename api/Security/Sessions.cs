using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using OrleansTrader.Silo.Access;
using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Api.Security;

/// <summary>Who is logged in: in memory alone, so that a restart logs everybody out.</summary>
internal sealed class Sessions(TimeProvider clock, AccessSettings settings)
{
    private const int Most = 100;
    private const int IdLength = 32;

    private readonly ConcurrentDictionary<string, Session> _sessions = new(StringComparer.Ordinal);

    /// <summary>The number of a new session; nobody can guess it.</summary>
    public string Begin(PasswordHash password)
    {
        var now = clock.GetUtcNow();
        foreach (var (key, session) in _sessions)
            if (session.Ends <= now)
                _sessions.TryRemove(key, out _);
        if (_sessions.Count >= Most) _sessions.TryRemove(_sessions.MinBy(known => known.Value.Ends).Key, out _);
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdLength));
        _sessions[KeyOf(id)] = new Session(password, now.AddMinutes(settings.SessionMinutes));
        return id;
    }

    /// <param name="password">The one that holds now: a session that began with another is over.</param>
    public bool IsOpen(string id, PasswordHash? password) =>
        password is not null
        && _sessions.TryGetValue(KeyOf(id), out var session)
        && session.Ends > clock.GetUtcNow()
        && session.Password.Hash.AsSpan().SequenceEqual(password.Hash);

    public void End(string id) => _sessions.TryRemove(KeyOf(id), out _);

    // How long a look into the table takes tells nothing of a number that is in it.
    private static string KeyOf(string id) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(id)));

    private sealed record Session(PasswordHash Password, DateTimeOffset Ends);
}
