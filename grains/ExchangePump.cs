using System.Collections.Immutable;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;
using OrleansTrader.GrainInterfaces;
using OrleansTrader.GrainInterfaces.Views;

namespace OrleansTrader.Grains;

/// <summary>
/// Moves requests to the exchange and what comes back to the portfolio, until nothing is left that it can do without waiting for a live
/// exchange; after a start, or a failure, it first takes the account as its journal has it and finds out about every order whose arrival nobody confirmed.
/// </summary>
/// <param name="audit">Of a live exchange; null on paper.</param>
internal sealed class ExchangePump(IExchange exchange, IPortfolioGrain portfolio, IMarketFeed feed, OrderTraffic traffic, LiveAudit? audit)
{
    /// <summary>How often a round looks up what it got no answer for; what is open then waits for the next round.</summary>
    private const int LookUpsAtOnce = 3;

    private MarketStep? _step;
    private DateTime _stepTime;
    private bool _isReady;

    public ExchangeView View => new(_isReady, traffic.Queued, traffic.Unanswered)
    {
        IsSettled = IsSettled,
        Differences = audit?.Problem ?? "",
        Silence = (exchange as ILiveExchange)?.Silence ?? "",
        ForeignOrders = audit?.ForeignOrders ?? 0,
        Standstill = feed.Standstill ?? "",
        IsHalted = audit is { IsClosed: true } || feed.Symbols.All(rules => feed.StatusOf(rules.Symbol) == SymbolStatus.Halted),
    };

    /// <summary>False while account and exchange are being compared: no step may be taken.</summary>
    public bool IsSettled => audit is not { IsSettled: false };

    /// <summary>Something waits that nothing but time brings on.</summary>
    public bool IsDue => traffic.Unanswered > 0 || audit is { IsDue: true };

    /// <summary>What is asked of a paper account here is moved with the next round.</summary>
    public FundsTransfers Transfers { get; } = new();

    public void Add(ImmutableArray<OrderRequest> requests, DateTime stepTime)
    {
        // A command may come from the step before while this one is being matched.
        if (stepTime > _stepTime) _stepTime = stepTime;
        traffic.Add(requests);
    }

    /// <summary>Shows a candle exchange these bars with the next round.</summary>
    public void Show(MarketStep step) => _step = step;

    /// <summary>What is known may be wrong: begin with the journal again.</summary>
    public void Distrust()
    {
        _isReady = false;
        Transfers.GiveUp();
    }

    /// <summary>What came may be lost: begin with the journal again, and with what the exchange has.</summary>
    public void Fail()
    {
        Distrust();
        audit?.Doubt();
    }

    public async Task<StepOutcome> RunAsync(CancellationToken cancellation)
    {
        var step = _step;
        _step = null;
        // What was under way before a restart comes to its end before anything new begins.
        if (!_isReady && (!await RecoverAsync(cancellation) || await DrainAsync(cancellation) != StepOutcome.Done)) return StepOutcome.Failed;

        await traffic.AskAgainAsync(cancellation);
        // At the prices by which the account stands, and so before the bars that bring others.
        Transfers.MoveOn(exchange, _stepTime);
        traffic.Hear();
        if (await DrainAsync(cancellation) != StepOutcome.Done) return StepOutcome.Failed;
        if (step is not null)
        {
            _stepTime = step.Time;
            (exchange as ICandleExchange)?.Match(step);
        }

        traffic.Hear();
        var outcome = await DrainAsync(cancellation);
        if (outcome == StepOutcome.Done) Transfers.Settle();
        for (var attempt = 0; audit is null && attempt < LookUpsAtOnce && traffic.Unanswered > 0 && outcome == StepOutcome.Done; attempt++)
        {
            await traffic.AskAgainAsync(cancellation);
            outcome = await DrainAsync(cancellation);
        }

        if (audit is null || outcome != StepOutcome.Done) return outcome;
        await audit.GoOnAsync(cancellation);
        traffic.Hear();
        return await DrainAsync(cancellation);
    }

    /// <summary>Sends what waits for a live exchange and books what comes back, until nothing is left of either.</summary>
    /// <param name="round">Returns after the next round.</param>
    public async Task FinishAsync(Func<Task<StepOutcome>> round, CancellationToken patience)
    {
        try
        {
            // Also when the portfolio went first: it has written down what waits here.
            do await traffic.EmptyAsync(patience);
            while (await round().WaitAsync(patience) == StepOutcome.Done && traffic.IsBusy);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            // The next start goes on with the journal.
        }
    }

    private async Task<StepOutcome> DrainAsync(CancellationToken cancellation)
    {
        do
        {
            if (traffic.Reports.Count > 0)
            {
                // What comes while these are booked is none of them.
                var reports = traffic.Reports.All;
                var booked = await portfolio.ApplyAsync(reports, _stepTime);
                if (booked.Outcome != StepOutcome.Done) return StepOutcome.Failed;
                traffic.Reports.Book(reports.Length);
                traffic.Add(booked.Requests);
            }

            await traffic.SendAsync(cancellation);
        }
        while (traffic.Reports.Count > 0);

        traffic.ThrowIfFailed();
        return StepOutcome.Done;
    }

    /// <returns>False while the account itself cannot be told.</returns>
    private async Task<bool> RecoverAsync(CancellationToken cancellation)
    {
        // Before the first wait: who distrusts it in the meantime is not overheard.
        _isReady = true;
        traffic.Forget();
        if (await portfolio.CopyStateAsync() is not { } account) return false;
        _stepTime = account.StepTime;
        if (exchange is ICandleExchange candles) await AccountRecovery.RestoreAsync(candles, account, feed, cancellation);
        traffic.TakeOver(account);
        await traffic.AskAgainAsync(cancellation);
        return true;
    }
}
