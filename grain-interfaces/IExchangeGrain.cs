using System.Collections.Immutable;
using Orleans.Concurrency;
using OrleansTrader.Core.Market;
using OrleansTrader.GrainInterfaces.Views;

namespace OrleansTrader.GrainInterfaces;

/// <summary>
/// The gateway of one account to its exchange, keyed by the account. It takes requests into a queue and returns; a pump
/// of its own sends them, exits before entries, and delivers what comes back to the portfolio.
/// </summary>
public interface IExchangeGrain : IGrainWithStringKey
{
    /// <summary>Queues requests, without waiting until they are sent.</summary>
    Task EnqueueAsync([Immutable] ImmutableArray<OrderRequest> requests, DateTime stepTime);

    /// <summary>Begins with the account's journal again; returns when what was under way on paper has come to its end.</summary>
    /// <returns><see cref="StepOutcome.Waiting"/> while account and live exchange are being compared.</returns>
    Task<StepOutcome> RecoverAsync();

    /// <summary>Shows a candle exchange the bars of a step; returns when all that follows from them is settled, or what a live exchange has told is booked.</summary>
    /// <returns><see cref="StepOutcome.Waiting"/> while account and live exchange are being compared.</returns>
    Task<StepOutcome> MatchAsync([Immutable] MarketStep step);

    /// <summary>Returns when every report so far is booked, and what may leave has left; on paper also each outcome is delivered.</summary>
    Task<StepOutcome> SettledAsync();

    /// <summary>Before the service stops: returns when nothing waits that is to be sent or booked, and nothing is under way, or after five seconds.</summary>
    Task FinishAsync();

    /// <summary>Pays quote currency into a paper account, or out of it below 0; returns when the account has booked it.</summary>
    Task<FundsOutcome> MoveFundsAsync(decimal amount);

    /// <summary>Brings base currency of a symbol into a paper account, or out of it below 0; returns when the account has booked it.</summary>
    Task<FundsOutcome> MoveHoldingAsync(string symbol, decimal quantity);

    /// <summary>Lets a paper account begin anew with so much cash.</summary>
    Task<FundsOutcome> ResetAsync(decimal cash);

    [AlwaysInterleave]
    [return: Immutable]
    Task<ExchangeView> ViewAsync();
}
