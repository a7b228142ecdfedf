using OrleansTrader.Core.Ports;

namespace OrleansTrader.Cluster.Tests.Trading;

/// <summary>A journal whose disk fails one write in eight, half of them after the batch is on it.</summary>
internal sealed class FaultyJournal(IJournal journal, Random random) : IJournal
{
    public int Failures { get; private set; }

    public async ValueTask AppendAsync(string account, JournalBatch batch, CancellationToken cancellation)
    {
        var fate = random.Next(16);
        if (fate == 0) Fail();
        await journal.AppendAsync(account, batch, cancellation);
        if (fate == 1) Fail();
    }

    public IAsyncEnumerable<JournalBatch> ReadAsync(string account, long fromSequence, CancellationToken cancellation) =>
        journal.ReadAsync(account, fromSequence, cancellation);

    private void Fail()
    {
        Failures++;
        throw new IOException("the disk is tired");
    }
}
