using System.Net.Sockets;
using System.Text;

namespace OrleansTrader.Adapters.Tests.Binance.Rest;

/// <summary>Answers reads, and takes everything else and closes the connection without a word, as a gateway does that is restarted.</summary>
internal sealed class ClosingServer : LocalServer
{
    private int _taken;

    public ClosingServer() => Start();

    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>How many requests were taken without an answer.</summary>
    public int Taken => Volatile.Read(ref _taken);

    protected override async Task ServeAsync(TcpClient client)
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
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}"), Stopping);
        }
    }

    /// <returns>Null when the client has gone.</returns>
    private async Task<string?> ReadRequestAsync(NetworkStream stream, byte[] buffer)
    {
        for (var length = 0; ;)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), Stopping);
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
