using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OrleansTrader.Adapters.Tests.Binance.Rest;

/// <summary>Answers reads, and takes everything else and closes the connection without a word, as a gateway does that is restarted.</summary>
internal sealed class ClosingServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private int _taken;

    public ClosingServer()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>How many requests were taken without an answer.</summary>
    public int Taken => Volatile.Read(ref _taken);

    public void Dispose()
    {
        _stopping.Cancel();
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stopping.Token));
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The server is taken down.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        var buffer = new byte[16 * 1024];
        var stream = connection.GetStream();
        while (await ReadRequestAsync(stream, buffer) is { } request)
        {
            if (!request.StartsWith("GET", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref _taken);
                connection.Client.Shutdown(SocketShutdown.Both);
                return;
            }

            var body = $$"""{"serverTime":{{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}}}""";
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}"), _stopping.Token);
        }
    }

    /// <returns>Null when the client has gone.</returns>
    private async Task<string?> ReadRequestAsync(NetworkStream stream, byte[] buffer)
    {
        for (var length = 0; ;)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), _stopping.Token);
            if (read == 0) return null;
            length += read;
            var text = Encoding.ASCII.GetString(buffer, 0, length);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end < 0) continue;
            var head = text.Split("Content-Length: ");
            if (head.Length == 1 || length >= end + 4 + int.Parse(head[1].Split("\r\n")[0], System.Globalization.CultureInfo.InvariantCulture)) return text;
        }
    }
}
