using System.Net;
using System.Net.WebSockets;

namespace OrleansTrader.Adapters.Binance.Streams;

/// <summary>Opens a WebSocket; in other than a test, over the network.</summary>
internal delegate Task<WebSocket> SocketOpener(Uri address, WebProxy? proxy, CancellationToken cancellation);

/// <summary>Takes one whole message; its bytes are used again.</summary>
internal delegate void MessageHandler(MessageSocket socket, ReadOnlySpan<byte> message);

/// <summary>One WebSocket: receives whole messages until it is closed from either end, and sends with the pace that the exchange takes.</summary>
internal sealed class MessageSocket : IAsyncDisposable
{
    private const int UsualMessage = 64 * 1024;
    private const int LongestMessage = 32 * 1024 * 1024;

    private readonly WebSocket _socket;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _closing = new();
    private readonly OutgoingPace _pace;
    private readonly MessageHandler _handler;

    private MessageSocket(WebSocket socket, MessageHandler handler, TimeProvider time)
    {
        (_socket, _handler, _time, _pace, OpenedAt) = (socket, handler, time, new OutgoingPace(time), time.GetTimestamp());
        Closed = ReceiveAsync();
    }

    /// <summary>Time stamp of the steady clock.</summary>
    public long OpenedAt { get; }

    /// <summary>Ends when the connection has ended, for whatever reason; never fails.</summary>
    public Task Closed { get; }

    /// <summary>What the handler threw, which has ended the connection; null while it has not.</summary>
    public Exception? Thrown { get; private set; }

    /// <exception cref="WebSocketException">No connection came about.</exception>
    /// <exception cref="OperationCanceledException">None came about in time.</exception>
    /// <param name="opener">Null for the network.</param>
    public static async Task<MessageSocket> OpenAsync(Uri address, WebProxy? proxy, TimeSpan patience, MessageHandler handler, TimeProvider time, CancellationToken cancellation, SocketOpener? opener = null)
    {
        using var giveUp = new CancellationTokenSource(patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(giveUp.Token, cancellation);
        return new MessageSocket(await (opener ?? ConnectAsync)(address, proxy, both.Token), handler, time);
    }

    private static async Task<WebSocket> ConnectAsync(Uri address, WebProxy? proxy, CancellationToken cancellation)
    {
        var socket = new ClientWebSocket();
        try
        {
            // The exchange pings; pongs that it did not ask for count as messages and prove nothing.
            socket.Options.KeepAliveInterval = TimeSpan.Zero;
            socket.Options.Proxy = proxy;
            await socket.ConnectAsync(address, cancellation);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <exception cref="WebSocketException">The connection is broken.</exception>
    public Task SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation) =>
        _pace.SendAsync(() => _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, cancellation).AsTask(), cancellation);

    /// <summary>Waits for the answer to what was sent.</summary>
    /// <exception cref="WebSocketException">The connection ended before.</exception>
    /// <exception cref="TimeoutException">It did not come in time.</exception>
    public async Task<StreamReply> AnsweredAsync(TaskCompletionSource<StreamReply> answer, TimeSpan patience, CancellationToken cancellation)
    {
        // Each of them ends the wait itself, so that whoever waits goes on where it was.
        await using var late = _time.CreateTimer(_ => answer.TrySetException(new TimeoutException("No answer came in time.")), null, patience, Timeout.InfiniteTimeSpan);
        await using var given = cancellation.Register(() => answer.TrySetCanceled(cancellation));
        _ = EndWithAsync(answer);
        return await answer.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _closing.Cancel();
        _socket.Abort();
        await Closed;
        _socket.Dispose();
        _pace.Dispose();
        _closing.Dispose();
    }

    private async Task EndWithAsync(TaskCompletionSource<StreamReply> answer)
    {
        await Closed;
        answer.TrySetException(new WebSocketException(WebSocketError.ConnectionClosedPrematurely, Thrown));
    }

    private async Task ReceiveAsync()
    {
        // On a thread of its own from the start, whatever the handler does.
        await Task.Yield();
        var buffer = new byte[UsualMessage];
        var length = 0;
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveAsync(buffer.AsMemory(length), _closing.Token);
                if (received.MessageType == WebSocketMessageType.Close) return;
                length += received.Count;
                if (received.EndOfMessage)
                {
                    if (!IsHandled(buffer.AsSpan(0, length))) return;
                    length = 0;
                }
                else if (length == buffer.Length)
                {
                    if (length >= LongestMessage) return;
                    Array.Resize(ref buffer, 2 * length);
                }
            }
        }
        catch (Exception ended) when (ended is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            // However it ended, whoever waits for the end learns of it.
        }
        finally
        {
            _socket.Abort();
        }
    }

    private bool IsHandled(ReadOnlySpan<byte> message)
    {
        try
        {
            _handler(this, message);
            return true;
        }
        catch (Exception thrown)
        {
            // What was missed by it is not known, so the connection is of no more use.
            Thrown = thrown;
            return false;
        }
    }
}
