using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OrleansTrader.Adapters.Tests.Binance.Rest;

/// <summary>A SOCKS5 proxy (RFC 1928) that asks for user and password (RFC 1929) and leads everything to one place.</summary>
internal sealed class TestProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Uri _target;
    private readonly string _user;
    private readonly string _password;

    public TestProxy(Uri target, string user, string password)
    {
        (_target, _user, _password) = (target, user, password);
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Where the clients wanted to go.</summary>
    public List<string> Hosts { get; } = [];

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
            while (true) _ = LeadAsync(await _listener.AcceptTcpClientAsync(_stopping.Token));
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The proxy is taken down.
        }
    }

    private async Task LeadAsync(TcpClient client)
    {
        using var near = client;
        var stream = near.GetStream();
        var methods = await TakeAsync(stream, (await TakeAsync(stream, 2))[1]);
        if (!methods.Contains((byte)2)) return;
        await stream.WriteAsync(new byte[] { 5, 2 }, _stopping.Token);
        var user = Encoding.ASCII.GetString(await TakeAsync(stream, (await TakeAsync(stream, 2))[1]));
        var password = Encoding.ASCII.GetString(await TakeAsync(stream, (await TakeAsync(stream, 1))[0]));
        var isKnown = string.Equals($"{user}:{password}", $"{_user}:{_password}", StringComparison.Ordinal);
        await stream.WriteAsync(new byte[] { 1, (byte)(isKnown ? 0 : 1) }, _stopping.Token);
        if (!isKnown) return;
        var kind = (await TakeAsync(stream, 4))[3];
        var host = kind == 3
            ? Encoding.ASCII.GetString(await TakeAsync(stream, (await TakeAsync(stream, 1))[0]))
            : new IPAddress(await TakeAsync(stream, kind == 1 ? 4 : 16)).ToString();
        await TakeAsync(stream, 2);
        lock (Hosts) Hosts.Add(host);
        using var far = new TcpClient();
        await far.ConnectAsync(_target.Host, _target.Port, _stopping.Token);
        await stream.WriteAsync(new byte[] { 5, 0, 0, 1, 0, 0, 0, 0, 0, 0 }, _stopping.Token);
        await Task.WhenAny(stream.CopyToAsync(far.GetStream(), _stopping.Token), far.GetStream().CopyToAsync(stream, _stopping.Token));
    }

    private async Task<byte[]> TakeAsync(NetworkStream stream, int length)
    {
        var bytes = new byte[length];
        await stream.ReadExactlyAsync(bytes, _stopping.Token);
        return bytes;
    }
}
