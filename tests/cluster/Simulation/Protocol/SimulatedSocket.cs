#if !ORLEANS
using System.Net.WebSockets;
using System.Text;
using Orleans.Embedded;
using OrleansTrader.ExchangeSimulator.Streams;
using Exchange = OrleansTrader.ExchangeSimulator.SimulatedExchange;

namespace OrleansTrader.Cluster.Tests.Simulation.Protocol;

/// <summary>A WebSocket to the exchange without a network: what the exchange says arrives in its order, some moments later.</summary>
internal sealed class SimulatedSocket : WebSocket, IClientLine
{
    private readonly World _world;
    private readonly SimulatedProcess _process;
    private readonly Queue<byte[]> _arrived = new();
    private IClientSession? _session;
    private TaskCompletionSource _news = New();
    private DateTimeOffset _last;
    private int _read;
    private bool _hasEnded;
    private bool _isDead;

    private SimulatedSocket(World world, SimulatedProcess process) => (_world, _process) = (world, process);

    public override WebSocketCloseStatus? CloseStatus => null;

    public override string? CloseStatusDescription => null;

    public override WebSocketState State => _hasEnded ? WebSocketState.Aborted : WebSocketState.Open;

    public override string? SubProtocol => null;

    /// <exception cref="WebSocketException">No connection came about.</exception>
    public static async Task<WebSocket> OpenAsync(World world, SimulatedProcess process, Exchange exchange, Uri address, CancellationToken cancellation)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(world.Random.Next(5, 300)), process.Time, cancellation);
        if (world.Fails(20, "a connection does not come about")) throw new WebSocketException(WebSocketError.Faulted);
        var socket = new SimulatedSocket(world, process);
        socket._session = exchange.Connect(address.AbsolutePath, address.Query.TrimStart('?'), "127.0.0.1", socket).Session ?? throw new WebSocketException(WebSocketError.NotAWebSocket);
        return socket;
    }

    void IClientLine.Send(byte[] message, TimeSpan delay)
    {
        _isDead |= _world.Fails(150, "a connection dies, and nobody is told");
        if (!_isDead) Arrive(delay, () => _arrived.Enqueue(message));
    }

    void IClientLine.Close(int code, string reason) => Arrive(TimeSpan.Zero, () => _hasEnded = true);

    public override void Abort()
    {
        _hasEnded = true;
        _session?.Dispose();
        _news.TrySetResult();
    }

    public override void Dispose() => Abort();

    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => CloseOutputAsync(closeStatus, statusDescription, cancellationToken);

    public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken)
    {
        Abort();
        return Task.CompletedTask;
    }

    public override async Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken)
    {
        var received = await ReceiveAsync(buffer.AsMemory(), cancellationToken);
        return new WebSocketReceiveResult(received.Count, received.MessageType, received.EndOfMessage);
    }

    public override async ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        await using var given = cancellationToken.Register(() => _news.TrySetResult());
        while (_arrived.Count == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_hasEnded) throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely);
            await _news.Task;
            _news = New();
        }

        var rest = _arrived.Peek().AsMemory(_read);
        var count = Math.Min(rest.Length, buffer.Length);
        rest[..count].CopyTo(buffer);
        var isWhole = count == rest.Length;
        _read = isWhole ? 0 : _read + count;
        if (isWhole) _arrived.Dequeue();
        return new ValueWebSocketReceiveResult(count, WebSocketMessageType.Text, isWhole);
    }

    public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) =>
        SendAsync(buffer.AsMemory(), messageType, endOfMessage, cancellationToken).AsTask();

    public override async ValueTask SendAsync(ReadOnlyMemory<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
    {
        if (_hasEnded) throw new WebSocketException(WebSocketError.InvalidState);
        var text = Encoding.UTF8.GetString(buffer.Span);
        await Task.Delay(TimeSpan.FromMilliseconds(_world.Random.Next(1, 120)), _process.Time, cancellationToken);
        if (!_hasEnded && !_isDead) _session!.Receive(text);
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>In the order in which it was sent.</summary>
    private void Arrive(TimeSpan delay, Action act)
    {
        var now = _process.Time.GetUtcNow();
        var due = now + delay + TimeSpan.FromMilliseconds(_world.Random.Next(1, 120));
        if (due <= _last) due = _last.AddTicks(1);
        _last = due;
        _process.Time.CreateTimer(
            _ =>
            {
                act();
                _news.TrySetResult();
            },
            null,
            due - now,
            Timeout.InfiniteTimeSpan);
    }
}
#endif
