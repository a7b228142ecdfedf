using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace OrleansTrader.Adapters.Tests.ExchangeSimulator;

/// <summary>Somebody at a WebSocket of the exchange.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ClientWebSocket _socket = new();
    private readonly Channel<JsonElement> _heard = Channel.CreateUnbounded<JsonElement>();
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private Task _listening = Task.CompletedTask;

    /// <summary>How the connection ended; null while it stands, and when it broke.</summary>
    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public static async Task<Listener> ConnectAsync(Uri server, string path)
    {
        var listener = new Listener();
        listener._stop.CancelAfter(Patience * 3);
        await listener._socket.ConnectAsync(new Uri(server, path), listener._stop.Token);
        listener._listening = listener.ListenAsync();
        return listener;
    }

    public Task SayAsync(string text) => _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, _stop.Token);

    /// <summary>The next message.</summary>
    public async Task<JsonElement> NextAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        patience.CancelAfter(Patience);
        return await _heard.Reader.ReadAsync(patience.Token);
    }

    /// <summary>The next message that is wanted; those before it are passed over.</summary>
    public async Task<JsonElement> NextAsync(Func<JsonElement, bool> isWanted)
    {
        while (true)
        {
            var message = await NextAsync();
            if (isWanted(message)) return message;
        }
    }

    /// <summary>Says something and gives back the answer, events passed over.</summary>
    public async Task<JsonElement> AskAsync(string text)
    {
        await SayAsync(text);
        return await NextAsync(message => message.ValueKind == JsonValueKind.Object && message.TryGetProperty("id", out _));
    }

    /// <summary>Ends when the exchange ends the connection.</summary>
    public Task EndAsync() => _listening.WaitAsync(Patience, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _listening;
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task ListenAsync()
    {
        var buffer = new byte[1 << 20];
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await _socket.ReceiveAsync(buffer.AsMemory(length), _stop.Token);
                    length += part.Count;
                }
                while (!part.EndOfMessage);

                if (part.MessageType == WebSocketMessageType.Close) return;
                _heard.Writer.TryWrite(JsonDocument.Parse(buffer.AsMemory(0, length).ToArray()).RootElement);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // The connection broke, or the test is over.
        }
        finally
        {
            _heard.Writer.TryComplete();
        }
    }
}
