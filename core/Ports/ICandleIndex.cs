namespace OrleansTrader.Core.Ports;

/// <summary>
/// What reading candle files has found, kept beyond the process, so that files that are still the same need not be read again. Only a
/// memory: what is lost of it is found again by reading.
/// </summary>
public interface ICandleIndex
{
    /// <summary>What is known of the files of a folder, in no order.</summary>
    /// <param name="folder">Full path.</param>
    /// <exception cref="OperatorException">It cannot be read. What is written afterwards takes the place of what is damaged.</exception>
    ValueTask<IReadOnlyList<IndexedCandleFile>> ReadAsync(string folder, CancellationToken cancellation = default);

    /// <summary>Adds files or replaces those of the same name, and removes those that are gone.</summary>
    /// <param name="folder">Full path.</param>
    /// <exception cref="OperatorException">It cannot be written.</exception>
    ValueTask WriteAsync(string folder, IReadOnlyCollection<IndexedCandleFile> found, IReadOnlyCollection<string> gone, CancellationToken cancellation = default);
}
