using OrleansTrader.Core.Accounts;

namespace OrleansTrader.Core.Ports;

/// <summary>An exchange that goes on by itself, and at which others may act for the same account: what happens there comes at any time, and may be missed.</summary>
public interface ILiveExchange : IExchange
{
    /// <summary>The exchange's clock, UTC, as far as it is known.</summary>
    DateTime Now { get; }

    /// <summary>Says whom to tell when there is something to take, or to look at; it is called from any thread and must not wait.</summary>
    void Listen(Action heard);

    /// <summary>True once after each time that something may have been missed, as after a lost connection, or that money or coins came or went by no order.</summary>
    bool TakeDoubt();

    /// <summary>Why the latest look came to nothing, in a sentence; null when it did not, or nobody knows.</summary>
    string? Failure => null;

    /// <summary>Why what happens there is not told by itself now, only found by looking, in a sentence; null while it is told.</summary>
    string? Silence => null;

    /// <summary>What rests there and what is owned; null when the exchange could not be asked.</summary>
    ValueTask<ExchangePicture?> LookAsync(CancellationToken cancellation);
}
