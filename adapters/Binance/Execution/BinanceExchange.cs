using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Limits;
using OrleansTrader.Adapters.Binance.Rest;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Binance.Execution;

/// <summary>
/// One account at Binance. A placement is sent once; what became of one without an answer is looked up by the name that it was given, and
/// only what has been missing for longer than the exchange may take to show it counts as never arrived.
/// </summary>
/// <param name="symbols">Those that are traded.</param>
/// <param name="log">Takes the exchange's own words; null for none.</param>
/// <remarks>Used one call at a time; <see cref="Tell"/> may come from anywhere.</remarks>
public sealed partial class BinanceExchange(OrderCalls orders, AccountCalls account, AssetRates rates, TradedSymbols symbols, OrderNames names, ExecutionOptions options, TimeProvider time, ILogger? log = null) : IExchange
{
    private readonly OrderLookUp _lookUp = new(account, rates, names);
    private readonly ConcurrentQueue<ExecutionReport> _reports = new();
    private readonly Dictionary<long, (long First, long Last)> _missing = [];
    private readonly HashSet<long> _turnedAway = [];

    /// <summary>Takes what the exchange has told of itself.</summary>
    public void Tell(in ExecutionReport report) => _reports.Enqueue(report);

    public ValueTask<OrderOutcome> SendAsync(OrderRequest request, CancellationToken cancellation) =>
        new(request.Kind == RequestKind.Cancel ? CancelAsync(request, cancellation) : PlaceAsync(request, cancellation));

    public async ValueTask<OrderOutcome> FindAsync(OrderRequest request, CancellationToken cancellation)
    {
        // It certainly never arrived, so nobody need be asked.
        if (_turnedAway.Remove(request.OrderId)) return new OrderOutcome(OrderOutcomeKind.Rejected, RejectReason.NeverArrived);
        var found = await _lookUp.FindAsync(request, ListingOf(request).Rules, cancellation);
        if (found is LookUp.Missing && HasBeenMissingLong(request.OrderId)) found = await _lookUp.ScanAsync(request, ListingOf(request).Rules, cancellation);
        // A look without an answer says nothing: where one in ten goes wrong, the wait would else begin anew for minutes.
        if (found is LookUp.Found) _missing.Remove(request.OrderId);
        switch (found)
        {
            case LookUp.Found known:
                foreach (var report in known.Reports) _reports.Enqueue(report);
                return known.IsWhole ? OrderOutcome.Accepted : OrderOutcome.Unknown;
            case LookUp.Missing when HasBeenMissingLong(request.OrderId):
                _missing.Remove(request.OrderId);
                return new OrderOutcome(OrderOutcomeKind.Rejected, RejectReason.NeverArrived);
            default:
                return OrderOutcome.Unknown;
        }
    }

    public IReadOnlyList<ExecutionReport> TakeReports()
    {
        if (_reports.IsEmpty) return [];
        var taken = new List<ExecutionReport>();
        while (_reports.TryDequeue(out var report)) taken.Add(report);
        return taken;
    }

    private async Task<OrderOutcome> PlaceAsync(OrderRequest request, CancellationToken cancellation)
    {
        if (!symbols.Latest.TryGetValue(request.Symbol, out var listing)) return new OrderOutcome(OrderOutcomeKind.Rejected, RejectReason.UnknownSymbol);
        var rank = RankOf(in request);
        if (request.Type == OrderType.Oco) return OutcomeOf(await orders.PlaceOcoAsync(Tickets.OcoOf(in request, names, listing, options), rank, cancellation), request);
        TimeSpan? left = request is { Purpose: OrderPurpose.Entry, ActiveFrom.Ticks: > 0 } ? request.ActiveFrom + TimeSpan.FromSeconds(options.EntrySeconds) - orders.Now : null;
        if (left <= TimeSpan.Zero) return new OrderOutcome(OrderOutcomeKind.Rejected, RejectReason.TooLate);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var patience = time.CreateTimer(_ => late.Cancel(), null, left ?? Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var answer = await orders.PlaceAsync(Tickets.Of(in request, names, listing, options), rank, late.Token);
        if (answer.TryGet(out var placed))
        {
            var reports = new List<ExecutionReport>();
            OrderReports.AddPlaced(reports, request.OrderId, placed, listing.Rules, asset => rates.Latest(asset, listing.QuoteAsset));
            foreach (var report in reports) _reports.Enqueue(report);
        }

        return OutcomeOf(answer, request);
    }

    private async Task<OrderOutcome> CancelAsync(OrderRequest request, CancellationToken cancellation)
    {
        var named = OrderName.Of(request.Symbol, names.Of(request.OrderId));
        // A protection is an OCO or a stop, and the request does not say which: whichever the exchange has is cancelled.
        var rank = request.IsUrgent ? RequestRank.Kill : RequestRank.Exit;
        var answer = await orders.CancelAsync(named, rank, names.CancellationOf(request.OrderId), cancellation: cancellation);
        if (answer.Error is { Kind: BinanceErrorKind.Rejected } && request.Purpose == OrderPurpose.Protection)
            answer = await orders.CancelListAsync(named, rank, cancellation);
        if (answer.Error is { Kind: not BinanceErrorKind.Rejected }) return OrderOutcome.Unknown;
        // What it has traded up to then is told with its end, and what nobody can cancel has come to one.
        return await _lookUp.FindAsync(request, ListingOf(request).Rules, cancellation) switch
        {
            LookUp.Found { IsWhole: true, IsDone: true } ended => Told(ended),
            LookUp.Missing when answer.Error is { } error => new OrderOutcome(OrderOutcomeKind.Rejected, Outcomes.ReasonOf(error)),
            _ => OrderOutcome.Unknown,
        };
    }

    private static RequestRank RankOf(in OrderRequest request) =>
        request.IsUrgent ? RequestRank.Kill : request.Purpose == OrderPurpose.Entry ? RequestRank.Entry : RequestRank.Exit;

    private OrderOutcome Told(LookUp.Found found)
    {
        foreach (var report in found.Reports) _reports.Enqueue(report);
        return OrderOutcome.Accepted;
    }

    private OrderOutcome OutcomeOf<T>(Answer<T> answer, OrderRequest request)
    {
        if (answer.Error is not { } error) return OrderOutcome.Accepted;
        if (log is not null) LogRefusal(log, request.OrderId, request.Symbol, error.Sentence);
        var outcome = Outcomes.OfPlacement(error, request.Purpose);
        if (outcome.Kind == OrderOutcomeKind.Unknown && !error.IsOutcomeUnknown) _turnedAway.Add(request.OrderId);
        return outcome;
    }

    private SymbolListing ListingOf(OrderRequest request) =>
        symbols.Latest.TryGetValue(request.Symbol, out var listing) ? listing : new SymbolListing { Symbol = request.Symbol };

    /// <summary>Without a break: what was missing once, and was heard of since, is missing anew.</summary>
    private bool HasBeenMissingLong(long orderId)
    {
        var (now, patience) = (time.GetTimestamp(), TimeSpan.FromSeconds(options.VisibleAfterSeconds));
        var isKnown = _missing.TryGetValue(orderId, out var known) && time.GetElapsedTime(known.Last, now) <= 2 * patience;
        var first = isKnown ? known.First : now;
        _missing[orderId] = (first, now);
        return time.GetElapsedTime(first, now) >= patience;
    }

    [LoggerMessage(LogLevel.Warning, "Order {OrderId} for {Symbol}: {Sentence}")]
    private static partial void LogRefusal(ILogger logger, long orderId, string symbol, string sentence);
}
