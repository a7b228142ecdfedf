using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using OrleansTrader.Adapters.Tests.Binance.Rest;

namespace OrleansTrader.Adapters.Tests.Binance.Streams;

/// <summary>The exchange's end of market streams, over real sockets.</summary>
internal sealed class TestStreams : IAsyncDisposable
{
    private readonly TestExchange _exchange;
    private readonly Channel<TestLine> _opened = Channel.CreateUnbounded<TestLine>();

    private TestStreams(TestExchange exchange)
    {
        _exchange = exchange;
        exchange.On("GET /stream", async (_, context) =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var line = new TestLine(socket);
            Lines.Add(line);
            _opened.Writer.TryWrite(line);
            await line.ServeAsync();
        });
    }

    public ConcurrentBag<TestLine> Lines { get; } = [];

    public Uri Address => new UriBuilder(_exchange.Address) { Scheme = "ws" }.Uri;

    public static async Task<TestStreams> StartAsync() => new(await TestExchange.StartAsync());

    /// <summary>The next connection that is opened.</summary>
    public async Task<TestLine> NextAsync(CancellationToken cancellation) => await _opened.Reader.ReadAsync(cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(30), cancellation);

    public async ValueTask DisposeAsync() => await _exchange.DisposeAsync();
}

/// <summary>One connection, seen from the exchange.</summary>
internal sealed class TestLine(WebSocket socket)
{
    private readonly Channel<string> _asked = Channel.CreateUnbounded<string>();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConcurrentDictionary<string, bool> Streams { get; } = new(StringComparer.Ordinal);

    public Task Ended => _ended.Task;

    /// <summary>What is said to a command; null for nothing.</summary>
    public Func<long, string?> Reply { get; set; } = id => $$"""{"result":null,"id":{{id}}}""";

    /// <summary>The next command, after it was obeyed.</summary>
    public async Task<string> NextCommandAsync(CancellationToken cancellation) => await _asked.Reader.ReadAsync(cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(30), cancellation);

    public async Task SendAsync(string message)
    {
        await _sending.WaitAsync();
        try
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        catch (Exception gone) when (gone is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            // As the exchange would, it speaks to nobody.
        }
        finally
        {
            _sending.Release();
        }
    }

    public void Cut() => socket.Abort();

    public async Task ServeAsync()
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult received;
                do
                {
                    received = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                    length += received.Count;
                }
                while (!received.EndOfMessage);

                if (received.MessageType == WebSocketMessageType.Close) return;
                var text = Encoding.UTF8.GetString(buffer, 0, length);
                using var command = JsonDocument.Parse(text);
                foreach (var name in command.RootElement.GetProperty("params").EnumerateArray())
                {
                    if (string.Equals(command.RootElement.GetProperty("method").GetString(), "SUBSCRIBE", StringComparison.Ordinal)) Streams[name.GetString()!] = true;
                    else Streams.TryRemove(name.GetString()!, out _);
                }

                if (Reply(command.RootElement.GetProperty("id").GetInt64()) is { } reply) await SendAsync(reply);
                _asked.Writer.TryWrite(text);
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or IOException)
        {
            // The client has gone.
        }
        finally
        {
            _ended.TrySetResult();
        }
    }
}
