using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace OrleansTrader.Cluster.Tests.Access;

/// <summary>A line of HTTP/2 frame by frame (RFC 9113), as no browser would use it.</summary>
internal sealed class Http2Line : IDisposable
{
    public const byte Data = 0, Headers = 1, Reset = 3, Settings = 4, GoAway = 7, Continuation = 9;
    public const byte EndStream = 1, EndHeaders = 4, None = 0;

    private const int FrameHead = 9;
    private const int LongestRead = 20;

    private readonly SslStream _stream;

    private Http2Line(SslStream stream) => _stream = stream;

    /// <summary>What TLS has agreed upon.</summary>
    public string Protocol => Encoding.ASCII.GetString(_stream.NegotiatedApplicationProtocol.Protocol.Span);

    public static async Task<Http2Line> OpenAsync(Visitor visitor, CancellationToken cancellation)
    {
        var stream = new SslStream(new NetworkStream(await visitor.ConnectAsync(cancellation), ownsSocket: true), leaveInnerStreamOpen: false, static (_, _, _, _) => true);
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "trader.example", ApplicationProtocols = [SslApplicationProtocol.Http2] }, cancellation);
        var line = new Http2Line(stream);
        await stream.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray(), cancellation);
        // The service is to keep no table of fields, so that each answer can be read by itself.
        await line.SendAsync(Frame(Settings, None, 0, [0, 1, 0, 0, 0, 0]), cancellation);
        return line;
    }

    public static byte[] Frame(byte type, byte flags, int stream, ReadOnlySpan<byte> content)
    {
        var frame = new byte[FrameHead + content.Length];
        (frame[0], frame[1], frame[2], frame[3], frame[4]) = ((byte)(content.Length >> 16), (byte)(content.Length >> 8), (byte)content.Length, type, flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        content.CopyTo(frame.AsSpan(FrameHead));
        return frame;
    }

    /// <summary>Header fields as literals that nobody keeps (RFC 7541, 6.2.2).</summary>
    public static byte[] Fields(params (string Name, string Value)[] fields)
    {
        var block = new List<byte>();
        foreach (var (name, value) in fields)
        {
            block.Add(0);
            AddText(block, name);
            AddText(block, value);
        }

        return [.. block];
    }

    /// <summary>The fields that every request has.</summary>
    public static (string Name, string Value)[] Request(string method, string path, params (string Name, string Value)[] more) =>
        [(":method", method), (":scheme", "https"), (":authority", "trader.example"), (":path", path), .. more];

    public async Task SendAsync(byte[] bytes, CancellationToken cancellation) => await _stream.WriteAsync(bytes, cancellation);

    /// <summary>Reads frames until the service ends the line, or one that is looked for has come.</summary>
    /// <returns>All of them, that one last.</returns>
    public async Task<List<(byte Type, byte Flags, int Stream, byte[] Content)>> ReadAsync(Func<byte, int, bool> isLast, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(LongestRead));
        var frames = new List<(byte, byte, int, byte[])>();
        var head = new byte[FrameHead];
        try
        {
            while (true)
            {
                await _stream.ReadExactlyAsync(head, patience.Token);
                var content = new byte[(head[0] << 16) | (head[1] << 8) | head[2]];
                await _stream.ReadExactlyAsync(content, patience.Token);
                frames.Add((head[3], head[4], BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)), content));
                if (isLast(head[3], frames[^1].Item3)) return frames;
            }
        }
        catch (IOException)
        {
            // The service has ended it.
            return frames;
        }
    }

    /// <summary>The status of an answer whose first field is one of the table (RFC 7541, A) or a literal; 0 where it is neither.</summary>
    public static int StatusOf(ReadOnlySpan<byte> block)
    {
        ReadOnlySpan<int> known = [200, 204, 206, 304, 400, 404, 500];
        // A change of the table's size may come first.
        while (block.Length > 0 && (block[0] & 0xE0) == 0x20) block = block[1..];
        if (block.Length == 0) return 0;
        if ((block[0] & 0x80) != 0) return (block[0] & 0x7F) is >= 8 and <= 14 and var index ? known[index - 8] : 0;
        return block.Length > 4 && block[1] == 3 ? int.Parse(Encoding.ASCII.GetString(block.Slice(2, 3)), System.Globalization.CultureInfo.InvariantCulture) : 0;
    }

    public void Dispose() => _stream.Dispose();

    private static void AddText(List<byte> block, string text)
    {
        var length = text.Length;
        if (length < 127)
        {
            block.Add((byte)length);
        }
        else
        {
            block.Add(127);
            for (length -= 127; length >= 128; length >>= 7) block.Add((byte)((length & 127) | 128));
            block.Add((byte)length);
        }

        block.AddRange(Encoding.ASCII.GetBytes(text));
    }
}
