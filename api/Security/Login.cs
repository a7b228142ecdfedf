using System.Globalization;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Silo.Access;
using OrleansTrader.Silo.Hosting;

namespace OrleansTrader.Api.Security;

/// <summary>Checks the password of the owner, one at a time and never faster than whoever guesses may go.</summary>
internal sealed partial class Login(CredentialsInForce inForce, Sessions sessions, LoginBackoff backoff, Trading trading, ILogger<Login> log) : IDisposable
{
    private static readonly TimeSpan UntilNextCheck = TimeSpan.FromSeconds(1);

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
            if (wait > TimeSpan.Zero) return (null, wait);
            if (password.Length > PasswordHash.Longest || !await Task.Run(() => expected.Matches(password)))
            {
                backoff.Fail(address);
                LogRefusal(log, ClientAddress.TextOf(context));
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

    private async Task TellAsync(HttpContext context, int failed)
    {
        var from = ClientAddress.TextOf(context);
        var before = failed == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" after {failed} attempts that failed");
        LogLogin(log, from, before);
        // An account that cannot be told is no reason to keep its owner out.
        await trading.Portfolio.NoteAsync(new AccountCommand(Caller.Owner.Who, from, $"login{before}"));
    }

    [LoggerMessage(LogLevel.Warning, "A login from {Address} was refused: the password was wrong")]
    private static partial void LogRefusal(ILogger logger, string address);

    [LoggerMessage(LogLevel.Information, "The owner logged in from {Address}{Before}")]
    private static partial void LogLogin(ILogger logger, string address, string before);
}
