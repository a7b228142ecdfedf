namespace Orleans.Core;

/// <summary>The stored side of a grain's state.</summary>
public interface IStorage
{
    /// <summary>The version that was last read or written; null when nothing is stored.</summary>
    string? Etag { get; }

    bool RecordExists { get; }

    Task ClearStateAsync();

    Task WriteStateAsync();

    Task ReadStateAsync();

    Task ClearStateAsync(CancellationToken cancellationToken);

    Task WriteStateAsync(CancellationToken cancellationToken);

    Task ReadStateAsync(CancellationToken cancellationToken);
}
