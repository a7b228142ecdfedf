using System.Runtime.InteropServices;

namespace OrleansTrader.Adapters.Postgres;

/// <summary>The facts of one turn as they are stored.</summary>
/// <param name="Body">The batch as JSON in UTF-8.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct JournalRow(string Account, long First, long Last, UInt128 Mac, byte[] Body)
{
    public JournalEnd End => new(Last, Mac);
}
