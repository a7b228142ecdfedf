using OrleansTrader.Adapters.Journal;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Tests.Journal;

public sealed class MemoryJournalTests : JournalContract
{
    protected override IJournal Journal { get; } = new MemoryJournal();
}
