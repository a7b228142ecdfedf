namespace OrleansTrader.Adapters.Binance.Download;

/// <summary>What came of asking for a file of the archive.</summary>
internal abstract record ArchiveAnswer
{
    private ArchiveAnswer()
    {
    }

    /// <summary>It is here, and is what its checksum says.</summary>
    public sealed record Found : ArchiveAnswer;

    /// <summary>The archive has no such file.</summary>
    public sealed record None : ArchiveAnswer;

    /// <summary>It could not be had.</summary>
    /// <param name="Sentence">Why, and what to do, without an end.</param>
    public sealed record Failed(string Sentence, FailureKind Kind) : ArchiveAnswer
    {
        /// <summary>How long to ask nothing, as the archive said; null when it did not.</summary>
        public TimeSpan? RetryAfter { get; init; }
    }

    /// <summary>What is to be done about it.</summary>
    internal enum FailureKind : byte
    {
        /// <summary>The same again brings the same.</summary>
        Final,

        /// <summary>It may pass.</summary>
        Passing,

        /// <summary>It is not what its checksum says.</summary>
        WrongChecksum,

        /// <summary>No connection comes about.</summary>
        Unreachable,
    }
}
