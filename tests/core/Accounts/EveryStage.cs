using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Backtesting;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Matching;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Core.Tests.Accounts;

/// <summary>A backtest with the order of events written out plainly: every stage at every bar.</summary>
internal sealed class EveryStage
{
    private readonly BacktestPlan _plan;
    private readonly Account _account = new(new AccountState { Name = "backtest" }, explains: false);
    private readonly List<Fact> _facts = [];
    private readonly List<ExecutionReport> _reports = [];
    private readonly Lane[] _lanes;
    private MatchingEngine _exchange;

    private EveryStage(BacktestPlan plan)
    {
        _plan = plan;
        _exchange = new MatchingEngine(plan.Matching, plan.Interval, plan.Cash);
        var start = plan.Tapes.Min(tape => tape.Candles.Span[0].OpenTime);
        _account.Use(plan.Limits);
        _account.Use(plan.Exits);
        IStrategy[] strategies = [.. plan.Tapes.Select(_ => plan.Strategy())];
        if (strategies[0] is IPositionStrategy) _account.Use(plan.Strategy() as IPositionStrategy, endures: false);
        _account.Open(plan.Cash, "backtest", plan.Interval, start, strategies[0].Name);
        if (plan.Limits.ClosesNeeded > 0) _account.Closes = new CloseTable(plan.Limits.ClosesNeeded, plan.Interval);
        _lanes = [.. plan.Tapes.Select((tape, i) => new Lane(
            _account.List(tape.Rules, start),
            tape.Rules,
            new SymbolAnalyzer(strategies[i], tellsRegime: false, plan.Interval, plan.Exits),
            tape.Candles.ToArray().ToDictionary(bar => bar.OpenTime)))];
        foreach (var lane in _lanes) _exchange.List(lane.Rules);
        Note();
    }

    /// <param name="restoresExchange">Throw the exchange away after each bar and restore it from the account.</param>
    public static (AccountState State, List<Fact> Facts) Run(BacktestPlan plan, bool restoresExchange = false)
    {
        var run = new EveryStage(plan);
        foreach (var openTime in run._lanes.SelectMany(lane => lane.Bars.Keys).Distinct().Order())
        {
            run.Step(openTime);
            if (restoresExchange) run.RestoreExchange(openTime);
        }

        return (run._account.State, run._facts);
    }

    private void Step(DateTime openTime)
    {
        var time = _plan.Interval.CloseOf(openTime);
        var active = _lanes.Where(lane => lane.Bars.ContainsKey(openTime)).ToArray();
        foreach (var lane in active)
        {
            var bar = lane.Bars[openTime];
            _account.Closes?.Put(lane.Slot, openTime, bar.Close);
            MatchingEngine.Show(_exchange.Find(lane.Rules.Symbol)!, in bar);
            _exchange.Match(_exchange.Find(lane.Rules.Symbol)!, in bar, _reports);
        }

        Settle(time);
        _account.BeginTurn();
        _account.OpenDay(time);
        foreach (var lane in active) _account.Mark(lane.Slot, lane.Bars[openTime].Close);
        _account.MarkEquity();
        _account.Watch(time);
        foreach (var lane in active)
        {
            var signal = lane.Analyzer.OnCandle(lane.Bars[openTime]);
            _account.Decide(lane.Slot, time, in signal, new Grounds(lane.Analyzer.Votes.Votes), _plan.Limits);
        }

        _account.CompleteStep(time);
        Note();
        Submit();
        Settle(time);
    }

    private void Submit()
    {
        var queue = new RequestQueue();
        queue.Add([.. _account.Requests]);
        while (queue.TryTake(out var request))
            if (request.Kind == RequestKind.Cancel && queue.Withdraw(request.OrderId)) _reports.Add(ExecutionReport.WithdrawalOf(in request));
            else _exchange.Submit(in request, _reports);
    }

    private void Settle(DateTime time)
    {
        while (_reports.Count > 0)
        {
            _account.BeginTurn();
            _account.Settle(_reports.ToArray(), time);
            _reports.Clear();
            Note();
            Submit();
        }
    }

    private void Note() => _facts.AddRange(_account.Facts);

    private void RestoreExchange(DateTime openTime)
    {
        var state = _account.State;
        _exchange = new MatchingEngine(_plan.Matching, _plan.Interval, state.Cash, state.LastTradeId);
        foreach (var lane in _lanes)
        {
            var book = _exchange.List(lane.Rules);
            MatchingEngine.RestoreHolding(book, state.Positions[lane.Slot].TotalQuantity + state.Positions[lane.Slot].External, state.Positions[lane.Slot].Mark);
            if (lane.Bars.TryGetValue(openTime, out var bar)) MatchingEngine.Show(book, in bar);
        }

        foreach (var order in state.Orders)
            _exchange.Restore(order.Request, order.Traded, order.BudgetLeft, order.LastTradeTime, order.IsStopGone, order.IsStopTriggered);
    }

    private sealed record Lane(int Slot, SymbolRules Rules, SymbolAnalyzer Analyzer, Dictionary<DateTime, Candle> Bars);
}
