using System.Globalization;
using Orleans.Runtime;
using OrleansTrader.Core.Accounts;
using OrleansTrader.GrainInterfaces;
using OrleansTrader.Silo.Access;

namespace OrleansTrader.Api.Security;

/// <summary>Checks the password of the owner, one at a time and never faster than whoever guesses may go.</summary>
internal sealed partial class Login(CredentialsInForce inForce, Sessions sessions, LoginBackoff backoff, Trading trading, TimeProvider clock, ILogger<Login> log) : IDisposable
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
            var wait = backoff.Begin(address, ClientAddress.IsThisMachine(context));
            if (wait > TimeSpan.Zero) return (null, wait);
            if (password.Length > PasswordHash.Longest || !await Task.Run(() => expected.Matches(password)))
            {
                backoff.Fail(address);
                LogRefusal(log, ClientAddress.TextOf(context));
                return (null, TimeSpan.Zero);
            }

            var failed = backoff.Succeed(address);
            var before = failed == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" after {failed} attempts that failed");
            LogLogin(log, ClientAddress.TextOf(context), before);
            await TellAsync(context, Caller.Owner, $"login{before}");
            return (sessions.Begin(expected), TimeSpan.Zero);
        }
        finally
        {
            _check.Release();
        }
    }

    /// <summary>The password that holds; null where none is set.</summary>
    public async ValueTask<PasswordHash?> ExpectedAsync(CancellationToken cancellation) => (await inForce.NowAsync(cancellation)).Password;

    /// <summary>False while the file of credentials cannot be read.</summary>
    public bool CanRead => inForce.CanRead;

    /// <summary>Notes in the journal who came or went, if that can be written: an account that cannot be told is no reason to keep its owner out, or in.</summary>
    public async Task TellAsync(HttpContext context, Caller who, string what)
    {
        var from = ClientAddress.TextOf(context);
        try
        {
            if (await trading.Portfolio.NoteAsync(new AccountCommand(who.Who, from, what) { At = clock.GetUtcNow().UtcDateTime }) == ControlOutcome.Failed) LogUnwritten(log, what, from);
        }
        catch (OrleansException)
        {
            LogUnwritten(log, what, from);
        }
    }

    public void Dispose() => _check.Dispose();

    [LoggerMessage(LogLevel.Warning, "A login from {Address} was refused: the password was wrong")]
    private static partial void LogRefusal(ILogger logger, string address);

    [LoggerMessage(LogLevel.Information, "The owner logged in from {Address}{Before}")]
    private static partial void LogLogin(ILogger logger, string address, string before);

    [LoggerMessage(LogLevel.Warning, "The {What} from {Address} could not be written to the journal")]
    private static partial void LogUnwritten(ILogger logger, string what, string address);
}
