#if !ORLEANS
using System.Collections.Concurrent;
using System.Collections.Immutable;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Cluster.Tests.Trading;

/// <summary>A live exchange that has what it is given, and takes every order unless it is told otherwise.</summary>
internal sealed class ScriptedExchange : ILiveExchange, IExchangeConnector
{
    private readonly ConcurrentDictionary<long, TaskCompletionSource> _gates = new();
    private TaskCompletionSource _released = new();
    private Action? _heard;
    private bool _doubt;

    public ImmutableArray<OwnedAsset> Assets { get; set; } = [new("USDT", 10_000)];

    public ImmutableArray<RestingOrder> Orders { get; set; } = [];

    public ImmutableArray<SymbolPrice> Prices { get; set; } = [];

    public ImmutableArray<SymbolRules> Rules { get; set; } = [];

    public ImmutableArray<string> Closed { get; set; } = [];

    public long LastOrderId { get; set; }

    public bool IsAway { get; set; }

    /// <summary>Requests of this symbol wait until they are released.</summary>
    public string Hangs { get; set; } = "";

    /// <summary>Each request waits until it is let through by its number.</summary>
    public bool IsGated { get; set; }

    /// <summary>A look waits for it.</summary>
    public TaskCompletionSource? LookGate { get; set; }

    public bool RefusesProtection { get; set; }

    public OrderOutcome Answer { get; set; } = OrderOutcome.Accepted;

    public OrderOutcome Found { get; set; } = OrderOutcome.Accepted;

    /// <summary>What a look-up of its order brings.</summary>
    public ExecutionReport? Trade { get; set; }

    /// <summary>How long requests and look-ups are under way, by <see cref="Time"/>.</summary>
    public TimeSpan Latency { get; set; }

    public TimeProvider? Time { get; set; }

    /// <summary>What it tells by itself.</summary>
    public List<ExecutionReport> Reports { get; } = [];

    public ConcurrentQueue<OrderRequest> Sent { get; } = [];

    public DateTime Now { get; set; } = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public IExchange Connect(string account) => this;

    public void Listen(Action heard) => _heard = heard;

    public void Hear()
    {
        _doubt = true;
        _heard?.Invoke();
    }

    public void Release()
    {
        Hangs = "";
        _released.SetResult();
        _released = new TaskCompletionSource();
    }

    public void LetThrough(long orderId) => GateOf(orderId).TrySetResult();

    public bool TakeDoubt()
    {
        var doubt = _doubt;
        _doubt = false;
        return doubt;
    }

    public async ValueTask<OrderOutcome> SendAsync(OrderRequest request, CancellationToken cancellation)
    {
        Sent.Enqueue(request);
        if (IsGated) await GateOf(request.OrderId).Task;
        if (string.Equals(request.Symbol, Hangs, StringComparison.Ordinal)) await _released.Task;
        await TravelAsync();
        return RefusesProtection && request.Purpose == OrderPurpose.Protection ? new OrderOutcome(OrderOutcomeKind.Rejected, RejectReason.Refused) : Answer;
    }

    public async ValueTask<OrderOutcome> FindAsync(OrderRequest request, CancellationToken cancellation)
    {
        await TravelAsync();
        if (Trade is { } trade && trade.OrderId == request.OrderId) Reports.Add(trade);
        // What was refused was never there.
        return RefusesProtection && request.Purpose == OrderPurpose.Protection ? new OrderOutcome(OrderOutcomeKind.Rejected, RejectReason.NeverArrived) : Found;
    }

    public IReadOnlyList<ExecutionReport> TakeReports()
    {
        ExecutionReport[] taken = [.. Reports];
        Reports.Clear();
        return taken;
    }

    public string? Failure => IsAway ? "The line is cut." : null;

    public async ValueTask<ExchangePicture?> LookAsync(CancellationToken cancellation)
    {
        var rules = Rules;
        if (LookGate is { } gate) await gate.Task.WaitAsync(cancellation);
        return IsAway ? null : new ExchangePicture(Orders, Assets, Prices) { LastOrderId = LastOrderId, Rules = rules, Closed = Closed };
    }

    private Task TravelAsync() => Latency > TimeSpan.Zero ? Task.Delay(Latency, Time!, CancellationToken.None) : Task.CompletedTask;

    private TaskCompletionSource GateOf(long orderId) => _gates.GetOrAdd(orderId, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
#endif
