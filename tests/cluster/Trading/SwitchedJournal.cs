using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Cluster.Tests.Trading;

/// <summary>A journal that a test can take away and give back.</summary>
internal sealed class SwitchedJournal(IJournal journal) : IJournal
{
    public const string Problem = "The journal is on a disk that was pulled out; put it back.";

    public bool IsOff { get; set; }

    public ValueTask AppendAsync(string account, JournalBatch batch, CancellationToken cancellation) =>
        IsOff ? throw new StateFolderException(Problem) : journal.AppendAsync(account, batch, cancellation);

    public IAsyncEnumerable<JournalBatch> ReadAsync(string account, long fromSequence, CancellationToken cancellation) =>
        IsOff ? throw new StateFolderException(Problem) : journal.ReadAsync(account, fromSequence, cancellation);
}
