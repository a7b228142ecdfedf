using System.ComponentModel.DataAnnotations;

namespace OrleansTrader.Adapters.Binance.Download;

/// <summary>How past bars are downloaded.</summary>
public sealed record DownloadOptions
{
    /// <summary>From where. Default both.</summary>
    public DownloadSource Source { get; init; } = DownloadSource.Both;

    /// <summary>Files of the archive that are fetched at the same time. Default 2.</summary>
    [Range(1, 8)]
    public int ArchivesAtOnce { get; init; } = 2;

    /// <summary>How often a request is made that brings no answer, or one of a server that failed. Default 4.</summary>
    [Range(1, 20)]
    public int Attempts { get; init; } = 4;

    /// <summary>Seconds until the second attempt, twice as many until each further one. Default 1.</summary>
    [Range(0.001, 60.0)]
    public double PauseSeconds { get; init; } = 1;

    internal TimeSpan PauseAfter(int attempt) => TimeSpan.FromSeconds(PauseSeconds * Math.Pow(2, attempt - 1));
}
