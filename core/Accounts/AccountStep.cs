using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Matching;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Core.Accounts;

/// <summary>
/// The one order of events in a step, for all bars that closed at one time, symbols in ordinal order: match resting orders,
/// book the reports (and what they ask of the exchange) until nothing moves, mark the equity, decide, submit for the next bar.
/// </summary>
/// <remarks>
/// <para>A backtest runs it in one piece. The grains run the same stages through the same <see cref="Account"/> and
/// <see cref="MatchingEngine"/>, each stage awaited; a test holds both against each other.</para>
/// <para>Analysis comes before: it sees the bars and never the account, so whoever runs the step may do it for many bars at once.</para>
/// <para>A step in which no symbol's <see cref="Alarm"/> rings only moves the marks, which is all that the stages would do.</para>
/// </remarks>
public sealed class AccountStep(Account account, MatchingEngine exchange, RiskLimits limits)
{
    private static readonly int[] Alone = [0];

    private readonly List<ExecutionReport> _reports = [];
    private readonly RiskLimits _limits = Told(account, limits);
    private CloseTable? _closes;
    private Lane[] _lanes = [];

    /// <summary>Called with each batch of facts before they are forgotten; null when nobody listens.</summary>
    public FactListener? Listener { get; init; }

    /// <summary>Opens the account.</summary>
    public void Open(decimal cash, string market, Interval interval, DateTime time, string strategy = "")
    {
        account.BeginTurn();
        account.Open(cash, market, interval, time, strategy);
        if (_limits.ClosesNeeded > 0) account.Closes = _closes = new CloseTable(_limits.ClosesNeeded, interval);
        Tell();
    }

    /// <summary>Adds a symbol; symbols are added in ordinal order.</summary>
    public void Add(SymbolRules rules, DateTime time)
    {
        account.BeginTurn();
        var slot = account.List(rules, time);
        Tell();
        _lanes = [.. _lanes, new Lane { Slot = slot, Book = exchange.List(rules) }];
        SetAlarm(ref _lanes[^1]);
    }

    /// <summary>Runs the step.</summary>
    /// <param name="time">Close of the bars, UTC.</param>
    /// <param name="bars">One place for each symbol, in the order they were added.</param>
    /// <param name="signals">The strategy's verdicts on them, likewise.</param>
    /// <param name="active">The places that have a bar in this step, ascending.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run(DateTime time, ReadOnlySpan<Candle> bars, ReadOnlySpan<Signal> signals, ReadOnlySpan<int> active)
    {
        if (_closes is not null) Note(bars, active);
        var lanes = _lanes;
        foreach (var i in active)
        {
            if (lanes[i].Alarm.IsSilent(in bars[i], signals[i].Direction)) continue;
            RunStages(time, bars, signals, active);
            return;
        }

        if (account.IsWatchDue(time))
        {
            RunStages(time, bars, signals, active);
            return;
        }

        foreach (var i in active) account.Mark(lanes[i].Slot, bars[i].Close);
        account.MarkEquity();
        if (account.IsWatchDue(time)) RunStages(time, bars, signals, active);
        else account.CompleteStep(time);
    }

    /// <summary>Runs one step for each bar of an account's only symbol.</summary>
    /// <param name="signals">The strategy's verdict on each bar.</param>
    // By itself, as is the analysis of a block: within the loop of a whole run they would wait for its end to be optimised.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void RunAlone(ReadOnlySpan<Candle> bars, ReadOnlySpan<Signal> signals)
    {
        while (true)
        {
            var quiet = PassQuietBars(bars, signals);
            if (_closes is not null) Note(bars[..Math.Min(quiet + 1, bars.Length)]);
            if (quiet == bars.Length) return;
            RunStages(CloseOf(in bars[quiet]), bars.Slice(quiet, 1), signals.Slice(quiet, 1), Alone);
            bars = bars[(quiet + 1)..];
            signals = signals[(quiet + 1)..];
        }
    }

    /// <returns>The number of bars before the first upon which something is to be done.</returns>
    private int PassQuietBars(ReadOnlySpan<Candle> bars, ReadOnlySpan<Signal> signals)
    {
        var quiet = QuietBars(in _lanes[0].Alarm, bars, signals);
        quiet = account.UnwatchedBars(_lanes[0].Slot, bars[..quiet]);
        if (quiet == 0) return 0;
        account.MarkAlone(_lanes[0].Slot, bars[..quiet]);
        account.CompleteStep(CloseOf(in bars[quiet - 1]));
        return quiet;
    }

    private static int QuietBars(in Alarm watch, ReadOnlySpan<Candle> bars, ReadOnlySpan<Signal> signals)
    {
        var alarm = watch;
        var count = 0;
        if (alarm.IsDeafToPrices)
            while (count < signals.Length && alarm.IsSilentAbout(signals[count].Direction)) count++;
        else
            while (count < signals.Length && count < bars.Length && alarm.IsSilent(in bars[count], signals[count].Direction)) count++;
        return count;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RunStages(DateTime time, ReadOnlySpan<Candle> bars, ReadOnlySpan<Signal> signals, ReadOnlySpan<int> active)
    {
        var lanes = _lanes;
        foreach (var i in active)
            if (lanes[i].Book.Resting > 0)
                exchange.Match(lanes[i].Book, in bars[i], _reports);
        if (_reports.Count > 0)
        {
            Show(bars, active);
            account.BeginTurn();
            Trade(time);
        }

        account.BeginTurn();
        account.OpenDay(time);
        foreach (var i in active) account.Mark(lanes[i].Slot, bars[i].Close);
        account.MarkEquity();
        var reactions = account.Reactions;
        account.Watch(time);
        foreach (var i in active) account.Decide(lanes[i].Slot, time, in signals[i], default, _limits);
        account.CompleteStep(time);
        Tell();
        if (!account.Requests.IsEmpty)
        {
            Show(bars, active);
            Trade(time);
        }

        if (account.Reactions != reactions)
        {
            // A limit concerns also the symbols that have no bar in this step.
            foreach (ref var lane in lanes.AsSpan()) SetAlarm(ref lane);
            return;
        }

        foreach (var i in active) SetAlarm(ref lanes[i]);
    }

    private void Note(ReadOnlySpan<Candle> bars, ReadOnlySpan<int> active)
    {
        foreach (var i in active) _closes!.Put(_lanes[i].Slot, bars[i].OpenTime, bars[i].Close);
    }

    private void Note(ReadOnlySpan<Candle> bars)
    {
        foreach (ref readonly var bar in bars) _closes!.Put(_lanes[0].Slot, bar.OpenTime, bar.Close);
    }

    private void Show(ReadOnlySpan<Candle> bars, ReadOnlySpan<int> active)
    {
        foreach (var i in active) MatchingEngine.Show(_lanes[i].Book, in bars[i]);
    }

    /// <summary>Sends what the account asks for and books what the exchange answers, until neither has anything to say.</summary>
    private void Trade(DateTime time)
    {
        while (true)
        {
            Submit(account.Requests);
            if (_reports.Count == 0) return;
            account.BeginTurn();
            account.Settle(CollectionsMarshal.AsSpan(_reports), time);
            _reports.Clear();
            Tell();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Submit(ReadOnlySpan<OrderRequest> requests)
    {
        if (requests.Length == 1)
        {
            Send(in requests[0]);
            return;
        }

        for (var rank = 0; rank < RequestOrder.Ranks && !requests.IsEmpty; rank++)
            foreach (ref readonly var request in requests)
                if (RequestOrder.RankOf(in request) == rank && !IsWithdrawn(in request, requests))
                    Send(in request);
    }

    /// <summary>An order that is cancelled before it was sent never is, which its cancellation reports.</summary>
    private bool IsWithdrawn(in OrderRequest request, ReadOnlySpan<OrderRequest> requests)
    {
        foreach (ref readonly var other in requests)
        {
            if (other.OrderId != request.OrderId || other.Kind == request.Kind) continue;
            if (request.Kind == RequestKind.Cancel) _reports.Add(ExecutionReport.WithdrawalOf(in request));
            return true;
        }

        return false;
    }

    private void Send(in OrderRequest request)
    {
        foreach (ref readonly var lane in _lanes.AsSpan())
        {
            if (!ReferenceEquals(lane.Book.Rules.Symbol, request.Symbol)) continue;
            if (account.KeepsFacts) exchange.Submit(lane.Book, in request, _reports);
            else if (exchange.TryTake(lane.Book, in request, _reports)) account.AcceptUnseen(request.OrderId);
            return;
        }

        exchange.Submit(in request, _reports);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Tell()
    {
        if (Listener is not null && !account.Facts.IsEmpty) Listener(account.Facts);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SetAlarm(ref Lane lane)
    {
        var (low, high) = lane.Book.QuietRange();
        lane.Alarm = new Alarm(low, high, account.ActsUpon(lane.Slot));
    }

    private static RiskLimits Told(Account account, RiskLimits limits)
    {
        account.Use(limits);
        return limits;
    }

    private DateTime CloseOf(in Candle bar) => account.State.Interval.CloseOf(bar.OpenTime);

    private struct Lane
    {
        public int Slot;
        public SymbolBook Book;
        public Alarm Alarm;
    }
}
