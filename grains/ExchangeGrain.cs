using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;
using OrleansTrader.GrainInterfaces;
using OrleansTrader.GrainInterfaces.Views;

namespace OrleansTrader.Grains;

/// <inheritdoc cref="IExchangeGrain"/>
[Reentrant]
[KeepAlive]
public sealed class ExchangeGrain(IExchangeConnector connector, IMarketFeed feed, TimeProvider clock, ILogger<ExchangeGrain> log) : Grain, IExchangeGrain
{
    /// <summary>How often an order is looked up whose arrival the exchange could not tell, and how soon a comparison goes on.</summary>
    private static readonly TimeSpan LookUpPeriod = TimeSpan.FromSeconds(1);

    /// <summary>How long a service that stops waits for what leaves or covers a position.</summary>
    private static readonly TimeSpan LastRequests = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopping = new();
    private readonly WakeUp _work = new();
    private readonly List<TaskCompletionSource<StepOutcome>> _waiting = [];
    private OrderTraffic _traffic = null!;
    private ExchangePump _pump = null!;
    private Task _pumping = Task.CompletedTask;

    private string Account => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var (exchange, portfolio) = (connector.Connect(Account), GrainFactory.GetGrain<IPortfolioGrain>(Account));
        var (live, lines) = (exchange as ILiveExchange, new RequestLines(Wake));
        _traffic = new OrderTraffic(exchange, lines, clock);
        _pump = new ExchangePump(exchange, portfolio, feed, _traffic, live is null ? null : new LiveAudit(live, portfolio, _traffic, lines, clock, Wake, log));
        live?.Listen(Wake);
        _stopping.Token.Register(Wake);
        _pumping = PumpAsync();
        this.RegisterGrainTimer(WakeIfDueAsync, new GrainTimerCreationOptions(LookUpPeriod, LookUpPeriod));
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _traffic.Close();
        await FinishAsync();
        _stopping.Cancel();
        await _pumping;
    }

    public async Task FinishAsync()
    {
        using var patience = new CancellationTokenSource(LastRequests, clock);
        await _pump.FinishAsync(SettledAsync, patience.Token);
    }

    public Task EnqueueAsync(ImmutableArray<OrderRequest> requests, DateTime stepTime)
    {
        _pump.Add(requests, stepTime);
        Wake();
        return Task.CompletedTask;
    }

    public Task<StepOutcome> RecoverAsync()
    {
        _pump.Distrust();
        return AgreedAsync();
    }

    public Task<StepOutcome> MatchAsync(MarketStep step)
    {
        _pump.Show(step);
        return AgreedAsync();
    }

    public Task<StepOutcome> SettledAsync()
    {
        if (_stopping.IsCancellationRequested) return Task.FromResult(StepOutcome.Failed);
        var settled = new TaskCompletionSource<StepOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Add(settled);
        Wake();
        return settled.Task;
    }

    public Task<FundsOutcome> MoveFundsAsync(decimal amount) => BookedAsync(_pump.Transfers.Ask(amount));

    public Task<FundsOutcome> MoveHoldingAsync(string symbol, decimal quantity) => BookedAsync(_pump.Transfers.Ask(quantity, symbol));

    public async Task<FundsOutcome> ResetAsync(decimal cash)
    {
        if (connector.Connect(Account) is not ICandleExchange) return FundsOutcome.NotPaper;
        var outcome = await GrainFactory.GetGrain<IPortfolioGrain>(Account).ResetAsync(cash);
        // It has no cash of its own but what the account has.
        _pump.Distrust();
        return outcome;
    }

    public Task<ExchangeView> ViewAsync() => Task.FromResult(_pump.View);

    private async Task<StepOutcome> AgreedAsync() => await SettledAsync() is var outcome && outcome == StepOutcome.Done && !_pump.IsSettled ? StepOutcome.Waiting : outcome;

    private async Task<FundsOutcome> BookedAsync(Task<FundsOutcome> moved) =>
        await SettledAsync() == StepOutcome.Done || moved.IsCompleted ? await moved : FundsOutcome.Unknown;

    /// <summary>Turns of its own, started by no request: what they await can never wait for whoever filled the queue.</summary>
    private async Task PumpAsync()
    {
        RequestContext.Clear();
        while (!_stopping.IsCancellationRequested)
        {
            var outcome = StepOutcome.Failed;
            TaskCompletionSource<StepOutcome>[] waiting = [];
            try
            {
                await _work.Rung;
                _work.Reset();
                // Who comes while this round runs is served by the next.
                waiting = [.. _waiting];
                _waiting.Clear();
                if (!_stopping.IsCancellationRequested) outcome = await _pump.RunAsync(_stopping.Token);
            }
            catch (Exception error) when (_stopping.IsCancellationRequested || error is SiloUnavailableException)
            {
                // Perhaps the portfolio went first. Whoever waits learns that it was not done; after the start the journal tells what was.
            }
            catch (Exception error)
            {
                log.LogError(error, "The exchange of {Account} failed; it starts again from the journal", Account);
            }

            if (outcome == StepOutcome.Failed) _pump.Fail();
            foreach (var one in waiting) one.TrySetResult(outcome);
        }

        foreach (var one in _waiting) one.TrySetResult(StepOutcome.Failed);
    }

    /// <summary>Also from outside of any turn: whoever waits for work goes on in a turn of its own.</summary>
    private void Wake() => _work.Ring();

    private Task WakeIfDueAsync()
    {
        if (_pump.IsDue) Wake();
        return Task.CompletedTask;
    }
}
