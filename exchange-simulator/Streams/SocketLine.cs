using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;

namespace OrleansTrader.ExchangeSimulator.Streams;

/// <summary>A WebSocket as the way to a client: what is sent waits in a queue of its own, so that nobody waits for a slow client.</summary>
internal sealed class SocketLine(WebSocket socket, TimeProvider clock, Action abort) : IClientLine
{
    private const int LongestMessage = 1 << 20;
    private const int MostWaiting = 100_000;
    private const int PolicyViolation = 1008;

    private readonly Channel<(byte[] Message, TimeSpan Delay)> _queue = Channel.CreateUnbounded<(byte[], TimeSpan)>(new UnboundedChannelOptions { SingleReader = true });
    private (int Code, string Reason) _end = (1000, "");
    private int _waiting;

    public void Send(byte[] message, TimeSpan delay)
    {
        if (Interlocked.Increment(ref _waiting) > MostWaiting) Close(PolicyViolation, "Too slow");
        else _queue.Writer.TryWrite((message, delay));
    }

    public void Close(int code, string reason)
    {
        _end = (code, reason);
        _queue.Writer.TryComplete();
        if (code == 0) abort();
    }

    /// <summary>Carries messages both ways until either side ends it.</summary>
    public async Task RunAsync(IClientSession session, CancellationToken cancellation)
    {
        var sending = SendAsync(cancellation);
        try
        {
            await ReceiveAsync(session, cancellation);
        }
        finally
        {
            session.Dispose();
            _queue.Writer.TryComplete();
            await sending;
        }
    }

    private async Task SendAsync(CancellationToken cancellation)
    {
        try
        {
            await foreach (var (message, delay) in _queue.Reader.ReadAllAsync(cancellation))
            {
                Interlocked.Decrement(ref _waiting);
                if (delay > TimeSpan.Zero) await Task.Delay(delay, clock, cancellation);
                if (socket.State != WebSocketState.Open) continue;
                await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, cancellation);
            }

            if (_end.Code != 0 && socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync((WebSocketCloseStatus)_end.Code, _end.Reason, cancellation);
        }
        catch (Exception exception) when (IsGone(exception))
        {
            // The client has gone, and nobody waits for the rest.
        }
    }

    private async Task ReceiveAsync(IClientSession session, CancellationToken cancellation)
    {
        var buffer = new byte[16 * 1024];
        using var whole = new MemoryStream();
        try
        {
            while (socket.State is WebSocketState.Open or WebSocketState.CloseSent)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(), cancellation);
                if (part.MessageType == WebSocketMessageType.Close || whole.Length + part.Count > LongestMessage) return;
                await whole.WriteAsync(buffer.AsMemory(0, part.Count), cancellation);
                if (!part.EndOfMessage) continue;
                session.Receive(Encoding.UTF8.GetString(whole.GetBuffer(), 0, (int)whole.Length));
                whole.SetLength(0);
            }
        }
        catch (Exception exception) when (IsGone(exception))
        {
            // The client has gone without a word.
        }
    }

    private static bool IsGone(Exception exception) => exception is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException;
}
