using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Ports;

/// <summary>Closed bars of the symbols of one market source: those that are known, and the next ones as they close.</summary>
public interface IMarketFeed
{
    /// <summary>
    /// What an account is bound to: kind of source, interval, and what else makes it another market. The same at each start as long
    /// as it is the same market, also when it has grown, moved, or has other symbols.
    /// </summary>
    string Identity { get; }

    /// <summary>The source in words, for a person; it may change while the market stays the same.</summary>
    string Description { get; }

    Interval Interval { get; }

    /// <summary>Trading rules by symbol, in ordinal order.</summary>
    IReadOnlyList<SymbolRules> Symbols { get; }

    /// <summary>The first step that closes after <paramref name="time"/>, or null as long as there is none.</summary>
    ValueTask<MarketStep?> NextAsync(DateTime time, CancellationToken cancellation);

    /// <summary>The bars of a symbol that closed after <paramref name="after"/> and not later than <paramref name="upTo"/>, oldest first.</summary>
    /// <param name="most">No more than so many, the oldest: the rest comes with the next call.</param>
    ValueTask<IReadOnlyList<Candle>> HistoryAsync(string symbol, DateTime after, DateTime upTo, int most, CancellationToken cancellation);

    /// <summary>True when no further step will ever come, as at the end of a replay.</summary>
    bool HasEnded(DateTime time);

    /// <summary>True when bars come as they close in the world, so that late ones are stale; false where time moves with the bars, as in a replay.</summary>
    bool IsLive => false;

    /// <summary>Whether the exchange trades the symbol now.</summary>
    SymbolStatus StatusOf(string symbol) => SymbolStatus.Unknown;

    /// <summary>Why nothing is asked of the exchange, or sent to it, for a while, and until when, in a sentence; null while nothing forbids it.</summary>
    string? Standstill => null;

    /// <summary>Best bid and ask now; none where nobody tells them, as in a replay, and none where the latest were heard too long ago.</summary>
    Quote QuoteOf(string symbol) => default;
}
