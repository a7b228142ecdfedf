using System.ComponentModel.DataAnnotations;

namespace OrleansTrader.Adapters.Binance.Streams;

/// <summary>How connections of streams are kept.</summary>
public sealed class StreamOptions
{
    /// <summary>The most streams of one connection. Default 1,000; the exchange allows 1,024.</summary>
    [Range(1, 1_024)] public int MostStreams { get; init; } = 1_000;

    /// <summary>After how long a connection is replaced, minutes. Default 1,410, half an hour before the exchange closes it.</summary>
    [Range(1, 1_439)] public int RenewMinutes { get; init; } = 1_410;

    /// <summary>Without a message of any stream for so long, a connection is taken for dead, seconds; its pongs prove nothing. Default 30, doubled each time that the next one is as silent.</summary>
    [Range(1, 3_600)] public int SilentSeconds { get; init; } = 30;

    /// <summary>How often a connection of account events is asked whether it is still subscribed, seconds: an account to which nothing happens is as silent as a line that is dead. Default 60.</summary>
    [Range(1, 3_600)] public int ProbeSeconds { get; init; } = 60;

    /// <summary>How long to wait for the answer to what was sent on a connection, seconds. Default 10.</summary>
    [Range(1, 3_600)] public int ReplySeconds { get; init; } = 10;

    /// <summary>The longest wait before connecting anew, seconds; waits double from 1. Default 30.</summary>
    [Range(1, 3_600)] public int LongestWaitSeconds { get; init; } = 30;
}
