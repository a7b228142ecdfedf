using System.Collections.Concurrent;
using System.Globalization;
using Orleans.Runtime;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.GrainInterfaces;
using OrleansTrader.Silo.Access;
using OrleansTrader.Silo.Hosting;

namespace OrleansTrader.Api.Security;

/// <summary>Checks the password of the owner, one at a time and never faster than whoever guesses may go.</summary>
internal sealed partial class Login(CredentialsInForce inForce, Sessions sessions, LoginBackoff backoff, Trading trading, TimeProvider clock, ILogger<Login> log, ServiceJournal? journal = null) : IDisposable
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
            var wait = backoff.Begin(address, ClientAddress.IsThisMachine(context));
            if (wait > TimeSpan.Zero)
            {
                // Once for each wait: whoever asks on meanwhile would fill the journal.
                if (_held.Count >= MostHeld) _held.Clear();
                if (_held.TryAdd(address, true) && journal is not null) await journal.NoteAsync(Caller.Owner.Asks(context, $"login held back for {Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture)} s after attempts that failed", clock));
                return (null, wait);
            }

            _held.TryRemove(address, out _);
            if (password.Length > PasswordHash.Longest || !await Task.Run(() => expected.Matches(password)))
            {
                backoff.Fail(address);
                LogRefusal(log, ClientAddress.TextOf(context));
                if (journal is not null) await journal.NoteAsync(Caller.Owner.Asks(context, "login refused: the password was wrong", clock));
                return (null, TimeSpan.Zero);
            }

            Redaction.Know(password);
            var failed = backoff.Succeed(address);
            var before = failed == 0 ? "" : $" after {Counted.Of(failed, "attempt")} that failed";
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

    /// <summary>Notes in both journals who came or went, as far as they can be written: an account that cannot be told is no reason to keep its owner out, or in.</summary>
    public async Task TellAsync(HttpContext context, Caller who, string what)
    {
        var command = who.Asks(context, what, clock);
        if (journal is not null) await journal.NoteAsync(command);
        try
        {
            if (await trading.Portfolio.NoteAsync(command) == ControlOutcome.Failed) LogUnwritten(log, what, command.From);
        }
        catch (OrleansException)
        {
            LogUnwritten(log, what, command.From);
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
