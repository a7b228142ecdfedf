namespace OrleansTrader.Adapters.Binance.Download;

/// <summary>From where past bars are taken.</summary>
public enum DownloadSource : byte
{
    /// <summary>What the archive has from there, the rest by REST.</summary>
    Both,

    /// <summary>Only the files of the public archive.</summary>
    Archive,

    /// <summary>Only the REST API.</summary>
    Rest,
}
