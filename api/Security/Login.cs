using System.Collections.Concurrent;
using System.Globalization;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Silo.Access;
using OrleansTrader.Silo.Hosting;

namespace OrleansTrader.Api.Security;

/// <summary>Checks the password of the owner, one at a time and never faster than whoever guesses may go.</summary>
internal sealed partial class Login(CredentialsInForce inForce, Sessions sessions, LoginBackoff backoff, Trading trading, ILogger<Login> log, ServiceJournal? journal = null) : IDisposable
{
    private static readonly TimeSpan UntilNextCheck = TimeSpan.FromSeconds(1);

    private const int MostHeld = 1_000;

    private readonly ConcurrentDictionary<string, bool> _held = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _check = new(1);

    /// <summary>Begins a session when the password is right.</summary>
    /// <returns>Its number, or null and how long to wait before the next attempt; zero where the password was wrong.</returns>
    public async Task<(string? Id, TimeSpan Wait)> TryAsync(HttpContext context, string password, PasswordHash expected)
    {
        // A check is half a second of a processor: many of them at once would take it from what trades.
        if (!await _check.WaitAsync(TimeSpan.Zero)) return (null, UntilNextCheck);
        try
        {
            var address = ClientAddress.GroupOf(context);
            var wait = backoff.Begin(address);
            if (wait > TimeSpan.Zero)
            {
                // Once for each wait: whoever asks on meanwhile would fill the journal.
                if (_held.Count >= MostHeld) _held.Clear();
                if (_held.TryAdd(address, true)) await NoteAsync(context, $"login held back for {Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture)} s after attempts that failed");
                return (null, wait);
            }

            _held.TryRemove(address, out _);
            if (password.Length > PasswordHash.Longest || !await Task.Run(() => expected.Matches(password)))
            {
                backoff.Fail(address);
                LogRefusal(log, ClientAddress.TextOf(context));
                await NoteAsync(context, "login refused: the password was wrong");
                return (null, TimeSpan.Zero);
            }

            Redaction.Know(password);
            await TellAsync(context, backoff.Succeed(address));
            return (sessions.Begin(expected), TimeSpan.Zero);
        }
        finally
        {
            _check.Release();
        }
    }

    /// <summary>The password that holds; null where none is set.</summary>
    public async ValueTask<PasswordHash?> ExpectedAsync(CancellationToken cancellation) => (await inForce.NowAsync(cancellation)).Password;

    public void Dispose() => _check.Dispose();

    private Task NoteAsync(HttpContext context, string what) => journal?.NoteAsync(new AccountCommand(Caller.Owner.Who, ClientAddress.TextOf(context), what)) ?? Task.CompletedTask;

    private async Task TellAsync(HttpContext context, int failed)
    {
        var from = ClientAddress.TextOf(context);
        var before = failed == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" after {failed} attempts that failed");
        LogLogin(log, from, before);
        await NoteAsync(context, $"login{before}");
        // An account that cannot be told is no reason to keep its owner out.
        await trading.Portfolio.NoteAsync(new AccountCommand(Caller.Owner.Who, from, $"login{before}"));
    }

    [LoggerMessage(LogLevel.Warning, "A login from {Address} was refused: the password was wrong")]
    private static partial void LogRefusal(ILogger logger, string address);

    [LoggerMessage(LogLevel.Information, "The owner logged in from {Address}{Before}")]
    private static partial void LogLogin(ILogger logger, string address, string before);
}
