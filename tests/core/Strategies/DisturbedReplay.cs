using System.Collections.Immutable;
using System.Runtime.InteropServices;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Accounts.Allocation;
using OrleansTrader.Core.Backtesting;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Matching;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Core.Tests.Strategies;

/// <summary>
/// A replay of one symbol that does not go as a backtest does: at every so many bars a position is disturbed, in turn by its owner, who pulls
/// the kill switch, rebalances or takes the coins away, and by the exchange, which refuses the next stop.
/// </summary>
internal sealed class DisturbedReplay
{
    private const decimal Cash = 10_000;

    /// <summary>Bars from one disturbance to the next position that meets one.</summary>
    private const int Peace = 48;

    private readonly Account _account = new(new AccountState { Name = "disturbed" }, explains: false);
    private readonly MatchingEngine _exchange;
    private readonly SymbolBook _book;
    private readonly RiskLimits _limits = new();
    private readonly BacktestPlan _plan;
    private readonly FactListener _listener;
    private readonly List<ExecutionReport> _reports = [];
    private bool _refusesStop;
    private int _disturbances;
    private int _calmUntil;

    public DisturbedReplay(BacktestPlan plan, FactListener listener)
    {
        (_plan, _listener) = (plan, listener);
        var (rules, start) = (plan.Tapes[0].Rules, plan.Tapes[0].Candles.Span[0].OpenTime);
        _exchange = new MatchingEngine(plan.Matching, plan.Interval, Cash);
        _book = _exchange.List(rules);
        _account.Use(plan.Exits);
        _account.Use(new AllocationTargets { Shares = ImmutableSortedDictionary<string, decimal>.Empty.Add(rules.Symbol, 0) });
        Turn(start, () =>
        {
            _account.Open(Cash, "replay", plan.Interval, start);
            _account.List(rules, start);
        });
    }

    private Position Position => _account.State.Positions[0];

    public AccountState Run()
    {
        var analyzer = new SymbolAnalyzer(_plan.Strategy(), tellsRegime: false, _plan.Interval, _plan.Exits);
        var candles = _plan.Tapes[0].Candles.ToArray();
        for (var bar = 0; bar < candles.Length; bar++)
        {
            var signal = analyzer.OnCandle(in candles[bar]);
            Step(candles[bar], in signal);
            if (Position is { IsHeld: true, Leaving: ExitReason.None } && bar >= _calmUntil) Disturb(_plan.Interval.CloseOf(candles[bar].OpenTime), bar);
        }

        return _account.State;
    }

    private void Step(Candle candle, in Signal signal)
    {
        var time = _plan.Interval.CloseOf(candle.OpenTime);
        _exchange.Match(_book, in candle, _reports);
        MatchingEngine.Show(_book, in candle);
        Answer(time);
        var wish = signal;
        Turn(time, () =>
        {
            _account.OpenDay(time);
            _account.Mark(0, candle.Close);
            _account.MarkEquity();
            _account.Watch(time);
            _account.Decide(0, time, in wish, default, _limits);
            _account.GoOnRebalancing(_limits, time);
            _account.CompleteStep(time);
        });
    }

    private void Disturb(DateTime time, int bar)
    {
        switch (_disturbances++ % 4)
        {
            case 0:
                Turn(time, () => _account.PullKillSwitch(time));
                Turn(time, () => _account.ReleaseKillSwitch(time));
                break;
            case 1: Turn(time, () => _account.Rebalance(time)); break;
            case 2:
                _exchange.TryMoveHolding(_book, -_book.Owned, time, _reports);
                Answer(time);
                break;
            default: _refusesStop = true; break;
        }

        _calmUntil = bar + Peace;
    }

    private void Turn(DateTime time, Action turn)
    {
        _account.BeginTurn();
        turn();
        _listener(_account.Facts);
        Send();
        Answer(time);
    }

    /// <summary>Books what the exchange has to say, and sends what that asks for, until both are silent.</summary>
    private void Answer(DateTime time)
    {
        while (_reports.Count > 0)
        {
            _account.BeginTurn();
            _account.Settle(CollectionsMarshal.AsSpan(_reports), time);
            _reports.Clear();
            _listener(_account.Facts);
            Send();
        }
    }

    private void Send()
    {
        foreach (var request in _account.Requests.ToArray())
        {
            if (_refusesStop && request is { Kind: RequestKind.Place, Purpose: OrderPurpose.Protection })
            {
                _refusesStop = false;
                _reports.Add(new ExecutionReport { Kind = ReportKind.Rejected, OrderId = request.OrderId, Reason = RejectReason.WouldTriggerAtOnce, IsLast = true, Time = request.ActiveFrom });
                continue;
            }

            _exchange.Submit(in request, _reports);
        }
    }
}
