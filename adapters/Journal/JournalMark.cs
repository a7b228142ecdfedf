namespace OrleansTrader.Adapters.Journal;

/// <summary>A place in a journal file where a line begins, so that a reader of the latest facts need not pass over all before them.</summary>
/// <param name="Position">Bytes from the start of the file.</param>
/// <param name="LastSequence">The number of the last fact before it.</param>
/// <param name="Mac">What the line before it bears.</param>
internal readonly record struct JournalMark(long Position, long LastSequence, UInt128 Mac);
