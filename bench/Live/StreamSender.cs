using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace OrleansTrader.Bench.Live;

/// <summary>
/// The exchange's end of a WebSocket, which sends best prices of many symbols with as little work as can be: the frames are made once, and
/// only the number of each message is written anew.
/// </summary>
internal sealed class StreamSender : IDisposable
{
    private const int Digits = 12;
    private const long FirstId = 100_000_000_000;

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(5);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly byte[] _frames;
    private readonly int[] _starts;
    private readonly int[] _numbers;

    public StreamSender(IReadOnlyList<string> symbols)
    {
        var (frames, starts, numbers) = (new MemoryStream(), new List<int>(), new List<int>());
        foreach (var symbol in symbols)
        {
            var head = $$"""{"stream":"{{symbol.ToLowerInvariant()}}@bookTicker","data":{"u":""";
            var message = Encoding.ASCII.GetBytes($$"""{{head}}{{FirstId}},"s":"{{symbol}}","b":"64249.90000000","B":"0.73100000","a":"64250.00000000","A":"0.40900000"} }""");
            starts.Add((int)frames.Position);
            // A whole text message of 126 to 65,535 bytes, without a mask, as servers send them.
            frames.Write([0x81, 126, (byte)(message.Length >> 8), (byte)message.Length]);
            numbers.Add((int)frames.Position + head.Length);
            frames.Write(message);
        }

        starts.Add((int)frames.Position);
        (_frames, _starts, _numbers) = (frames.ToArray(), [.. starts], [.. numbers]);
        _listener.Start();
    }

    public Uri Address => new($"ws://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public double BytesOfMessage => (double)_frames.Length / _numbers.Length;

    /// <summary>Time stamps of the steady clock, of the moment at which each block of messages was handed to the socket; the place is the number of the block's last message, counted from 0.</summary>
    public (long LastMessage, long At)[] Blocks { get; private set; } = [];

    /// <summary>Takes one client, answers its first command, and sends.</summary>
    /// <param name="perSecond">Messages; 0 for as many as go.</param>
    public async Task SendAsync(int count, int perSecond, CancellationToken cancellation)
    {
        using var client = await _listener.AcceptSocketAsync(cancellation);
        client.NoDelay = true;
        await ShakeHandsAsync(client, cancellation);
        await AnswerAsync(client, cancellation);
        var blocks = new List<(long, long)>(count / 10);
        var begin = Stopwatch.GetTimestamp();
        using var beat = new PeriodicTimer(Beat);
        for (var sent = 0; sent < count;)
        {
            var due = perSecond == 0 ? count : (int)Math.Min(count, perSecond * Stopwatch.GetElapsedTime(begin).TotalSeconds);
            while (sent < due)
            {
                var from = sent % _numbers.Length;
                var to = Math.Min(_numbers.Length, from + Math.Min(due - sent, 100));
                for (var i = from; i < to; i++) Write(FirstId + sent++, _frames.AsSpan(_numbers[i], Digits));
                blocks.Add((sent - 1, Stopwatch.GetTimestamp()));
                await client.SendAsync(_frames.AsMemory(_starts[from], _starts[to] - _starts[from]), SocketFlags.None, cancellation);
            }

            if (sent < count) await beat.WaitForNextTickAsync(cancellation);
        }

        Blocks = [.. blocks];
        // Until the other end has taken all of it.
        await client.ReceiveAsync(new byte[1_024], SocketFlags.None, cancellation);
    }

    /// <summary>The place of a message among all that were sent.</summary>
    public static long PlaceOf(long updateId) => updateId - FirstId;

    public void Dispose() => _listener.Dispose();

    private static void Write(long number, Span<byte> digits)
    {
        for (var i = Digits - 1; i >= 0; i--, number /= 10) digits[i] = (byte)('0' + (number % 10));
    }

    private static async Task ShakeHandsAsync(Socket client, CancellationToken cancellation)
    {
        var request = "";
        var buffer = new byte[4_096];
        while (!request.EndsWith("\r\n\r\n", StringComparison.Ordinal)) request += Encoding.ASCII.GetString(buffer, 0, await client.ReceiveAsync(buffer, SocketFlags.None, cancellation));
        var key = request.Split("\r\n").Single(line => line.StartsWith("Sec-WebSocket-Key:", StringComparison.OrdinalIgnoreCase)).Split(':', 2)[1].Trim();
        // RFC 6455, section 4.2.2, which names both the hash and the constant.
#pragma warning disable CA5350
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        await client.SendAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"), SocketFlags.None, cancellation);
    }

    /// <summary>Commands come in batches until every stream was asked for, and each waits for its answer.</summary>
    private async Task AnswerAsync(Socket client, CancellationToken cancellation)
    {
        var buffer = new byte[64 * 1024];
        for (var streams = 0; streams < _numbers.Length;)
        {
            var length = 0;
            do length += await client.ReceiveAsync(buffer.AsMemory(length), SocketFlags.None, cancellation);
            while (length < PayloadOf(buffer).End.Value);
            using var command = JsonDocument.Parse(Unmasked(buffer));
            streams += command.RootElement.GetProperty("params").GetArrayLength();
            var reply = Encoding.ASCII.GetBytes($$"""{"result":null,"id":{{command.RootElement.GetProperty("id")}}}""");
            await client.SendAsync((byte[])[0x81, (byte)reply.Length, .. reply], SocketFlags.None, cancellation);
        }
    }

    private static byte[] Unmasked(byte[] frame)
    {
        var place = PayloadOf(frame);
        var (mask, payload) = (frame[(place.Start.Value - 4)..place.Start.Value], frame[place]);
        for (var i = 0; i < payload.Length; i++) payload[i] ^= mask[i % 4];
        return payload;
    }

    // Of a masked frame: a head of 2 bytes, the length in 2 more where it is longer than 125, a mask of 4.
    private static Range PayloadOf(byte[] frame) => (frame[1] & 0x7f) is 126 ? 8..(8 + (frame[2] << 8 | frame[3])) : 6..(6 + (frame[1] & 0x7f));
}
