using System.Runtime.ExceptionServices;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Journal;

/// <summary>A batch that waits to be written, and what became of it.</summary>
internal sealed class PendingAppend(JournalBatch batch)
{
    private Exception? _failure;

    public JournalBatch Batch => batch;

    /// <summary>It is durable, or will not be.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Where its line ends.</summary>
    public JournalMark End { get; set; }

    /// <summary>It is durable, unless it has failed before.</summary>
    /// <returns>False when it has.</returns>
    public bool Complete()
    {
        IsDone = true;
        return _failure is null;
    }

    public void Fail(Exception failure) => (_failure, IsDone) = (_failure ?? failure, true);

    public void ThrowIfFailed()
    {
        if (_failure is not null) ExceptionDispatchInfo.Throw(_failure);
    }
}
