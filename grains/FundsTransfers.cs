using OrleansTrader.Core.Ports;
using OrleansTrader.GrainInterfaces;

namespace OrleansTrader.Grains;

/// <summary>Payments of money and coins into and out of a paper account that wait for the next round of its exchange, and those that wait to be booked.</summary>
internal sealed class FundsTransfers
{
    private readonly Queue<(decimal Amount, string? Symbol, TaskCompletionSource<FundsOutcome> Outcome)> _asked = [];
    private readonly List<TaskCompletionSource<FundsOutcome>> _moved = [];

    /// <summary>Pays in so much quote currency, or base currency of a symbol, or out below 0.</summary>
    public Task<FundsOutcome> Ask(decimal amount, string? symbol = null)
    {
        var outcome = new TaskCompletionSource<FundsOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked.Enqueue((amount, symbol, outcome));
        return outcome.Task;
    }

    /// <summary>Moves what was asked for; the exchange reports it as any other change.</summary>
    public void MoveOn(IExchange exchange, DateTime time)
    {
        while (_asked.TryDequeue(out var transfer))
        {
            if (exchange is not ICandleExchange candles) transfer.Outcome.TrySetResult(FundsOutcome.NotPaper);
            else if (transfer.Symbol is { } symbol ? candles.TryMoveHolding(symbol, transfer.Amount, time) : candles.TryMoveFunds(transfer.Amount, time)) _moved.Add(transfer.Outcome);
            else transfer.Outcome.TrySetResult(FundsOutcome.NotEnough);
        }
    }

    /// <summary>The reports of the round are booked.</summary>
    public void Settle() => Tell(FundsOutcome.Done);

    /// <summary>Nobody knows whether they are; what was not moved yet will not be.</summary>
    public void GiveUp()
    {
        while (_asked.TryDequeue(out var transfer)) transfer.Outcome.TrySetResult(FundsOutcome.Failed);
        Tell(FundsOutcome.Unknown);
    }

    private void Tell(FundsOutcome outcome)
    {
        foreach (var moved in _moved) moved.TrySetResult(outcome);
        _moved.Clear();
    }
}
