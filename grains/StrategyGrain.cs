using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;
using OrleansTrader.Core.Strategies;
using OrleansTrader.GrainInterfaces;
using OrleansTrader.GrainInterfaces.Views;

namespace OrleansTrader.Grains;

/// <inheritdoc cref="IStrategyGrain"/>
[KeepAlive]
public sealed class StrategyGrain(IMarketFeed feed, StrategyInForce strategies, ILogger<StrategyGrain> log) : Grain, IStrategyGrain
{
    /// <summary>No timer ticks faster; a higher speed takes several steps a tick.</summary>
    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private IGrainTimer? _timer;
    private DateTime? _cursor;
    private readonly StrategyProgress _progress = new();
    private double _stepsPerSecond;
    private double _stepsDue;
    private long _steps;
    private StrategyChoice? _agreed;

    private string Account => this.GetPrimaryKeyString().Split('/', 2)[0];

    private string Strategy => this.GetPrimaryKeyString().Split('/', 2)[1];

    public Task StartAsync(double stepsPerSecond)
    {
        _stepsPerSecond = stepsPerSecond;
        var period = TimeSpan.FromSeconds(1 / stepsPerSecond);
        if (period < ShortestPeriod) period = ShortestPeriod;
        _timer?.Dispose();
        _timer = this.RegisterGrainTimer(TickAsync, period, new GrainTimerCreationOptions(TimeSpan.Zero, period) { KeepAlive = true });
        return Task.CompletedTask;
    }

    public async Task<StepOutcome> StepAsync()
    {
        // Read once: all symbols of a step are judged by the same.
        var choice = strategies.Choice;
        var portfolio = GrainFactory.GetGrain<IPortfolioGrain>(Account);
        if (_cursor is null)
        {
            var resume = await portfolio.ResumePointAsync();
            if (!resume.IsKnown) return Report(StepOutcome.Failed, resume.Problem);
            // An order may be in the journal and, since somebody failed in between, never have reached the exchange.
            if (await GrainFactory.GetGrain<IExchangeGrain>(Account).RecoverAsync() is not StepOutcome.Done and var recovered) return Report(recovered);
            // They show where the market stands also when it brings no further bar.
            await Task.WhenAll(feed.Symbols.Select(rules => SignalOfAsync(rules.Symbol, resume.After, choice)));
            _cursor = resume.After;
        }

        if (!await AgreeAsync(portfolio, choice)) return Report(StepOutcome.Failed);
        if (await feed.NextAsync(_cursor.Value, CancellationToken.None) is not { } step)
            return Report(feed.HasEnded(_cursor.Value) ? StepOutcome.Ended : StepOutcome.Waiting);

        var outcome = await RunAsync(step, portfolio, choice);
        // After a failure the account itself says where it stands; a step that has to wait was not begun.
        if (outcome != StepOutcome.Waiting) _cursor = outcome == StepOutcome.Done ? step.Time : null;
        if (outcome == StepOutcome.Done) _steps++;
        return Report(outcome);
    }

    public Task<StrategyView> ViewAsync() =>
        Task.FromResult(new StrategyView(Strategy, _progress.State, _cursor ?? default, _stepsPerSecond, _steps)
        {
            Version = strategies.Choice.Entry.Version,
            File = strategies.Choice.Entry.File,
            IsUnprotected = strategies.Choice.Entry.IsUnprotected,
            Problem = strategies.Problem,
        });

    /// <summary>The stages of <see cref="Core.Accounts.AccountStep"/>, each awaited.</summary>
    private async Task<StepOutcome> RunAsync(MarketStep step, IPortfolioGrain portfolio, StrategyChoice choice)
    {
        var exchange = GrainFactory.GetGrain<IExchangeGrain>(Account);
        var outcome = await exchange.MatchAsync(step);
        if (outcome != StepOutcome.Done) return outcome;

        var signals = await Task.WhenAll(step.Bars.Select(bar => SignalOfAsync(bar.Symbol, step.Time, choice)));
        outcome = await portfolio.DecideAsync(new DecisionInput(step.Time, ImmutableArray.Create(signals)) { Closes = await ClosesForAsync(signals, step.Time, portfolio, choice), Strategy = KeyOf(choice) });
        return outcome == StepOutcome.Done ? await exchange.SettledAsync() : outcome;
    }

    /// <summary>Of all symbols: one that has no bar in this step may be held, and what is held moves together or not.</summary>
    private async Task<ImmutableArray<SymbolCloses>> ClosesForAsync(SymbolSignal[] signals, DateTime time, IPortfolioGrain portfolio, StrategyChoice choice)
    {
        var count = await portfolio.ClosesNeededAsync(Array.Exists(signals, signal => signal.Signal.IsEntry), KeyOf(choice));
        return count == 0 ? [] : [.. await Task.WhenAll(feed.Symbols.Select(rules => GrainFactory.GetGrain<ISymbolGrain>(rules.Symbol).ClosesAsync(time, KeyOf(choice), count)))];
    }

    private Task<SymbolSignal> SignalOfAsync(string symbol, DateTime time, StrategyChoice choice) => GrainFactory.GetGrain<ISymbolGrain>(symbol).AdvanceAsync(time, KeyOf(choice));

    private string KeyOf(StrategyChoice choice) => string.Equals(Strategy, choice.Entry.Name, StringComparison.OrdinalIgnoreCase) ? choice.Key : Strategy;

    /// <summary>Has the account write down by what it trades before anything is decided by it.</summary>
    private async Task<bool> AgreeAsync(IPortfolioGrain portfolio, StrategyChoice choice)
    {
        if (choice.Terms.Length == 0 || ReferenceEquals(choice, _agreed)) return true;
        if (await portfolio.AgreeAsync(Strategy, choice.Terms) == ControlOutcome.Failed) return false;
        _agreed = choice;
        return true;
    }

    private async Task TickAsync(TimeSpan period, CancellationToken cancellation)
    {
        _stepsDue = Math.Min(_stepsDue + (_stepsPerSecond * period.TotalSeconds), Math.Max(1, _stepsPerSecond));
        while (_stepsDue >= 1 && !cancellation.IsCancellationRequested)
        {
            _stepsDue--;
            try
            {
                var outcome = await StepAsync();
                if (outcome == StepOutcome.Ended) _timer?.Dispose();
                if (outcome == StepOutcome.Failed) WaitBeforeTheNextTry();
                if (outcome != StepOutcome.Done) return;
            }
            catch (SiloUnavailableException)
            {
                // The silo is stopping; the account stands as its journal says.
                return;
            }
            catch (Exception error)
            {
                _cursor = null;
                Report(StepOutcome.Failed);
                WaitBeforeTheNextTry();
                log.LogError(error, "A step of {Strategy} on {Account} failed; it will be tried again", Strategy, Account);
                return;
            }
        }
    }

    private void WaitBeforeTheNextTry() => _stepsDue = -_stepsPerSecond * RetryPause.TotalSeconds;

    private StepOutcome Report(StepOutcome outcome, string problem = "")
    {
        if (_progress.Take(outcome, problem) && outcome == StepOutcome.Failed) log.LogError("{Strategy} on {Account} is {State}", Strategy, Account, _progress.State);
        return outcome;
    }
}
