namespace OrleansTrader.Core.Market.Books;

/// <summary>What a change or a snapshot did to a local book.</summary>
public enum BookOutcome : byte
{
    /// <summary>The book is unknown: a change was missed or made no sense. Changes are kept from here on; load a new snapshot.</summary>
    ResyncNeeded,

    /// <summary>There is no snapshot yet; the change is kept until there is one.</summary>
    Kept,

    /// <summary>The snapshot is older than the changes that were kept, which stay; load a newer one.</summary>
    SnapshotTooOld,

    /// <summary>The change, or the snapshot, is older than the book.</summary>
    Ignored,

    /// <summary>The book is as of this update.</summary>
    Applied,
}
