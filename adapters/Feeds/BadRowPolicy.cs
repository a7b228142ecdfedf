namespace OrleansTrader.Adapters.Feeds;

/// <summary>What a row that cannot be a candle does to the reading of its file.</summary>
public enum BadRowPolicy
{
    /// <summary>It is left out and reported.</summary>
    Skip,

    /// <summary>It ends the reading with a <see cref="CandleFileException"/>.</summary>
    Stop,
}
