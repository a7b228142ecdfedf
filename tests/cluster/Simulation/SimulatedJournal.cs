#if !ORLEANS
using System.Runtime.CompilerServices;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Cluster.Tests.Simulation;

/// <summary>The file journal, slow and at times failing, with a clerk who checks every batch that it has.</summary>
internal sealed class SimulatedJournal(World world, IJournal journal, Auditor auditor) : IJournal
{
    public async ValueTask AppendAsync(string account, JournalBatch batch, CancellationToken cancellation)
    {
        await world.LagAsync();
        if (world.Fails(80, "the journal fails before a write")) throw new IOException("the disk is tired");
        await journal.AppendAsync(account, batch, cancellation);
        auditor.Take(batch);
        if (world.Fails(80, "the journal fails after a write")) throw new IOException("the disk is tired");
        await world.LagAsync();
    }

    public async IAsyncEnumerable<JournalBatch> ReadAsync(string account, long fromSequence, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await world.LagAsync();
        if (world.Fails(80, "the journal cannot be read")) throw new IOException("the disk is tired");
        await foreach (var batch in journal.ReadAsync(account, fromSequence, cancellation))
        {
            auditor.Take(batch);
            yield return batch;
        }
    }
}
#endif
