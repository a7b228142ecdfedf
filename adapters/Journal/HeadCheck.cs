using System.Globalization;
using OrleansTrader.Adapters.Storage;

namespace OrleansTrader.Adapters.Journal;

/// <summary>Holds a journal against its head while it is read from its start.</summary>
/// <param name="path">The journal's.</param>
/// <param name="head">Null where it is lost.</param>
internal sealed class HeadCheck(string path, (long Sequence, UInt128 Mac)? head)
{
    private bool _isPassed = head is { Sequence: 0 };

    /// <summary>The number of the fact up to which all was acknowledged for certain; the maximum where the head is lost.</summary>
    public long Acknowledged => head?.Sequence ?? long.MaxValue;

    public void Pass(JournalMark place) => _isPassed |= head == (place.LastSequence, place.Mac);

    /// <param name="last">The number of the last fact.</param>
    /// <exception cref="CorruptStateException">The head does not lie in the journal, or is lost although there are facts.</exception>
    public void Judge(long last)
    {
        if (!_isPassed && (head is not null || last > 0)) throw new CorruptStateException(head is { } told ? Shortened(told.Sequence, last) : Headless());
    }

    private string Shortened(long sequence, long last) => string.Create(
        CultureInfo.InvariantCulture,
        $"The journal {path} ends with fact {last}, but its head says that fact {sequence} was written: what lies between was cut off or replaced; nothing was changed. Restore it from a backup, or, if this is one, take its end as it is with 'trader journal anchor'.");

    private string Headless() =>
        $"The journal {path} has lost its head ({Path.GetFileName(path)}.head), so nobody can say whether its end was cut off; restore the head from a backup, or take the end as it is with 'trader journal anchor'.";
}
