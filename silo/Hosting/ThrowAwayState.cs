using OrleansTrader.Adapters.Journal;
using OrleansTrader.Silo.Storage;

namespace OrleansTrader.Silo.Hosting;

/// <summary>Journal and snapshots of a run that leaves nothing behind.</summary>
public sealed class ThrowAwayState
{
    public MemoryJournal Journal { get; } = new();

    internal JsonGrainStorage Snapshots { get; } = new(folder: null, files: null);
}
