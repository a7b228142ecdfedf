namespace OrleansTrader.Adapters.Binance.Streams;

/// <summary>The answer to a command on a connection of streams.</summary>
/// <param name="Id">Of the command; -1 where the exchange could not tell which.</param>
/// <param name="Code">0 when it was done.</param>
/// <param name="Count">How many things it lists; below 0 where it is no list.</param>
/// <param name="Status">Of a refusal over the WebSocket API, as HTTP has it; 0 otherwise.</param>
/// <param name="RetryAt">Until when it wants nothing more, UTC; null where it does not say.</param>
internal readonly record struct StreamReply(long Id, int Code, string Message, int Count = -1, int Status = 0, DateTime? RetryAt = null);

/// <summary>What a message was.</summary>
internal enum MessageKind : byte
{
    /// <summary>Of a kind that is not known, or of a stream that is no longer wanted.</summary>
    Other,
    Data,
    Reply,

    /// <summary>The exchange is about to close the connection.</summary>
    Shutdown,
}
