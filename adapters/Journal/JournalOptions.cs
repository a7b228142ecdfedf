using System.ComponentModel.DataAnnotations;

namespace OrleansTrader.Adapters.Journal;

/// <summary>Where and how <see cref="FileJournal"/> keeps journals.</summary>
public sealed class JournalOptions
{
    public const string Section = "Journal";

    /// <summary>One process at a time; created where it is missing. Default <c>state/journal</c>.</summary>
    [Required] public string Folder { get; set; } = "state/journal";

    /// <summary>File of the key that chains the journals; made where it is missing. Default journal.key in <see cref="Folder"/>.</summary>
    public string? KeyFile { get; set; }

    /// <summary>Each batch is on the disk before anything acts on it. False is for tests: a power cut then loses facts. Default true.</summary>
    public bool SyncToDisk { get; set; } = true;
}
