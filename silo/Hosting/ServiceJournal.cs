using Microsoft.Extensions.Logging;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Silo.Hosting;

/// <summary>What happened to the service and to no account: logins, credentials, settings; in a journal of its own, chained and kept as all are.</summary>
/// <param name="account">As <see cref="NameOf"/> gives it.</param>
/// <remarks>One writer, this process. What cannot be written is told in the log and stops nothing: nobody is kept out of a service whose disk is full.</remarks>
public sealed partial class ServiceJournal(string account, IJournal journal, TimeProvider clock, ILogger<ServiceJournal> log) : IDisposable
{
    /// <summary>The name of its journal in files, which no account may have.</summary>
    public const string Account = "service";

    private const int LongestText = 8_000;

    private readonly SemaphoreSlim _turn = new(1);
    private long _last;

    /// <summary>False at first and after a write that failed: the journal takes nothing until it is read.</summary>
    private bool _isRead;

    /// <summary>The name of its journal: where several services share a store each has one of its own.</summary>
    public static string NameOf(string account, bool isShared) => isShared ? $"{Account}.{account}" : Account;

    /// <summary>True for the name of a service's journal.</summary>
    public static bool Is(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return string.Equals(name, Account, StringComparison.Ordinal) || name.StartsWith(Account + ".", StringComparison.Ordinal);
    }

    /// <summary>Writes down who did what, and from where; a secret in it is masked.</summary>
    public async Task NoteAsync(AccountCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        await _turn.WaitAsync();
        try
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var what = Redaction.Clean(command.What);
            var fact = new Fact { Kind = FactKind.CommandGiven, Time = now, Command = command with { What = what.Length > LongestText ? what[..LongestText] : what } };
            if (!_isRead) await ReadAsync();
            await journal.AppendAsync(account, new JournalBatch(_last + 1, now, default, default, [], [fact]), CancellationToken.None);
            _last++;
        }
        catch (Exception failed) when (failed is OperatorException or JournalConflictException)
        {
            _isRead = false;
            LogLost(log, command.Describe(), failed.Message);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The latest note that begins so; null when there is none.</summary>
    public async Task<string?> LatestAsync(string beginning)
    {
        string? latest = null;
        try
        {
            await foreach (var batch in journal.ReadAsync(account, 1, CancellationToken.None))
                foreach (var fact in batch.Facts)
                    if (fact.Command is { } command && command.What.StartsWith(beginning, StringComparison.Ordinal)) latest = command.What;
        }
        catch (OperatorException failed)
        {
            LogUnread(log, failed.Message);
        }

        return latest;
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>From what is known on: what lies before it was read already.</summary>
    private async Task ReadAsync()
    {
        await foreach (var batch in journal.ReadAsync(account, Math.Max(1, _last), CancellationToken.None)) _last = batch.LastSequence;
        _isRead = true;
    }

    [LoggerMessage(LogLevel.Warning, "The journal of the service cannot be read: {Problem}")]
    private static partial void LogUnread(ILogger logger, string problem);

    [LoggerMessage(LogLevel.Warning, "The journal of the service cannot be used, so that this stands here alone: {What} ({Problem})")]
    private static partial void LogLost(ILogger logger, string what, string problem);
}
