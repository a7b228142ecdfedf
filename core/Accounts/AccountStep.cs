using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Matching;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Core.Accounts;

/// <summary>
/// The one order of events in a step, for all bars that closed at one time, symbols in ordinal order: match resting orders,
/// book the reports (and what they ask of the exchange) until nothing moves, mark the equity, analyse, decide, submit for the next bar.
/// </summary>
/// <remarks>
/// A backtest runs it in one piece. The grains run the same stages through the same <see cref="Account"/> and
/// <see cref="MatchingEngine"/>, each stage awaited; a test holds both against each other.
/// </remarks>
public sealed class AccountStep(Account account, MatchingEngine exchange, RiskLimits limits)
{
    private readonly List<ExecutionReport> _reports = [];
    private Lane[] _lanes = [];

    /// <summary>Called with each batch of facts before they are forgotten; null when nobody listens.</summary>
    public FactListener? Listener { get; init; }

    /// <summary>Opens the account.</summary>
    public void Open(decimal cash, string market, Interval interval, DateTime time)
    {
        account.BeginTurn();
        account.Open(cash, market, interval, time);
        Tell();
    }

    /// <summary>Adds a symbol; symbols are added in ordinal order.</summary>
    public void Add(SymbolRules rules, SymbolAnalyzer analyzer, DateTime time)
    {
        account.BeginTurn();
        var slot = account.List(rules, time);
        Tell();
        _lanes = [.. _lanes, new Lane(slot, exchange.List(rules), analyzer)];
    }

    /// <summary>Runs the step.</summary>
    /// <param name="time">Close of the bars, UTC.</param>
    /// <param name="bars">One place for each symbol, in the order they were added.</param>
    /// <param name="active">The places that have a bar in this step, ascending.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Run(DateTime time, ReadOnlySpan<Candle> bars, ReadOnlySpan<int> active)
    {
        var lanes = _lanes;
        foreach (var i in active)
            if (lanes[i].Book.Resting > 0)
                exchange.Match(lanes[i].Book, in bars[i], _reports);
        if (_reports.Count > 0)
        {
            Show(bars, active);
            Settle(time);
        }

        foreach (var i in active) account.Mark(lanes[i].Slot, bars[i].Close);
        account.MarkEquity();

        account.BeginTurn();
        foreach (var i in active)
        {
            var analyzer = lanes[i].Analyzer;
            var signal = analyzer.OnCandle(in bars[i]);
            account.Decide(lanes[i].Slot, time, in signal, analyzer.Votes.Votes, limits);
        }

        account.CompleteStep(time);
        if (account.Facts.IsEmpty) return;
        Show(bars, active);
        Tell();
        Submit(time);
    }

    private void Show(ReadOnlySpan<Candle> bars, ReadOnlySpan<int> active)
    {
        foreach (var i in active) MatchingEngine.Show(_lanes[i].Book, in bars[i]);
    }

    private void Settle(DateTime time)
    {
        account.BeginTurn();
        account.Settle(CollectionsMarshal.AsSpan(_reports), time);
        _reports.Clear();
        Tell();
        Submit(time);
    }

    private void Submit(DateTime time)
    {
        var requests = account.Requests;
        if (requests.IsEmpty) return;
        for (var rank = 0; rank < RequestOrder.Ranks; rank++)
            foreach (ref readonly var request in requests)
                if (RequestOrder.RankOf(in request) == rank)
                    exchange.Submit(in request, _reports);
        if (_reports.Count > 0) Settle(time);
    }

    private void Tell() => Listener?.Invoke(account.Facts);

    private sealed record Lane(int Slot, SymbolBook Book, SymbolAnalyzer Analyzer);
}
