using OrleansTrader.Adapters.Binance.Limits;

namespace OrleansTrader.Adapters.Binance.Rest;

/// <summary>Why a request has no answer that can be used.</summary>
public sealed record BinanceError
{
    public BinanceErrorKind Kind { get; init; }

    /// <summary>True when what was asked for may have been done all the same: it must be looked up and never be sent again blindly.</summary>
    public bool IsOutcomeUnknown { get; init; } = true;

    /// <summary>The exchange's number, below 0; 0 when it gave none.</summary>
    public int Code { get; init; }

    /// <summary>The exchange's own words; empty when it had none. For some numbers they alone tell what is wrong.</summary>
    public string Message { get; init; } = "";

    /// <summary>0 when there was no answer.</summary>
    public int HttpStatus { get; init; }

    /// <summary>How long to send nothing, as the exchange said; null when it did not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Why nothing at all is to be sent for that long; null where other requests may go on.</summary>
    internal StandstillReason? Standstill => Kind switch
    {
        BinanceErrorKind.Banned => StandstillReason.Banned,
        BinanceErrorKind.TooManyRequests => StandstillReason.TooManyRequests,
        BinanceErrorKind.Blocked => StandstillReason.Blocked,
        _ => null,
    };

    /// <summary>What is wrong and what to do, in one sentence; never bears a key or a signature.</summary>
    public string Sentence { get; init; } = "";

    /// <summary>The whole answer, of which some errors have more to say; empty without one.</summary>
    internal ReadOnlyMemory<byte> Body { get; init; }

    public override string ToString() => Sentence;
}
