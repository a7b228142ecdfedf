using System.ComponentModel.DataAnnotations;

namespace OrleansTrader.Adapters.Postgres;

/// <summary>How <see cref="PostgresJournal"/> keeps journals.</summary>
public sealed class PostgresJournalOptions
{
    /// <summary>File of the key that chains the journals; made where it is missing.</summary>
    [Required] public string KeyFile { get; set; } = "state/journal/journal.key";

    /// <summary>Folder of what happens while the server is away.</summary>
    [Required] public string SpillFolder { get; set; } = "state/spill";

    /// <summary>
    /// True where one process at a time writes an account, which it takes for itself and keeps through an outage. False where the grain
    /// runtime moves accounts between processes: then the expected sequence alone decides, and nothing is written while the server is away. Default true.
    /// </summary>
    public bool IsExclusive { get; set; } = true;

    /// <summary>How long to wait for another process to let an account go. Default 10 seconds.</summary>
    public TimeSpan LockPatience { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Facts that are looked through at a time for a page of the newest. Default 10,000.</summary>
    public int SearchStep { get; set; } = 10_000;

    /// <summary>The longest wait between two attempts to reach the server again. Default 10 seconds.</summary>
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromSeconds(10);
}
