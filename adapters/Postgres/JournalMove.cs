using System.Runtime.InteropServices;

namespace OrleansTrader.Adapters.Postgres;

/// <summary>The end of an account's journal from where it must be to where it shall be.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct JournalMove(string Account, JournalEnd From, JournalEnd To);
