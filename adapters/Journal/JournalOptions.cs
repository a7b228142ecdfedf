using System.ComponentModel.DataAnnotations;
using OrleansTrader.Adapters.Secrets;

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

    /// <summary>A segment that has so many bytes is closed, and the next one begun. Default 64 MiB.</summary>
    [Range(1024, long.MaxValue)] public long SegmentBytes { get; set; } = 64L << 20;

    /// <summary>An archived segment is let go of after so many days, once a snapshot covers it; 0 keeps all. Default 0.</summary>
    [Range(0, 36_500)] public int RetentionDays { get; set; }

    /// <summary>What is written from now on is sealed, with a key of <see cref="Seal"/>. Default false.</summary>
    public bool Encrypt { get; set; }

    /// <summary>The keys of what is sealed; null where nothing is.</summary>
    public StateSeal? Seal { get; set; }

    /// <summary>Told of the keys that chain the journals, so that no text bears one; null where nobody is. Default null.</summary>
    public KnownSecrets? Secrets { get; set; }
}
