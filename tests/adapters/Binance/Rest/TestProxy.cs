using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OrleansTrader.Adapters.Tests.Binance.Rest;

/// <summary>A SOCKS5 proxy (RFC 1928) that asks for user and password (RFC 1929) and leads everything to one place.</summary>
internal sealed class TestProxy : LocalServer
{
    private readonly Uri _target;
    private readonly string _user;
    private readonly string _password;

    public TestProxy(Uri target, string user, string password)
    {
        (_target, _user, _password) = (target, user, password);
        Start();
    }

    /// <summary>Where the clients wanted to go.</summary>
    public List<string> Hosts { get; } = [];

    protected override async Task ServeAsync(TcpClient client)
    {
        using var near = client;
        var stream = near.GetStream();
        var methods = await TakeAsync(stream, (await TakeAsync(stream, 2))[1]);
        if (!methods.Contains((byte)2)) return;
        await stream.WriteAsync(new byte[] { 5, 2 }, Stopping);
        var user = Encoding.ASCII.GetString(await TakeAsync(stream, (await TakeAsync(stream, 2))[1]));
        var password = Encoding.ASCII.GetString(await TakeAsync(stream, (await TakeAsync(stream, 1))[0]));
        var isKnown = string.Equals($"{user}:{password}", $"{_user}:{_password}", StringComparison.Ordinal);
        await stream.WriteAsync(new byte[] { 1, (byte)(isKnown ? 0 : 1) }, Stopping);
        if (!isKnown) return;
        var kind = (await TakeAsync(stream, 4))[3];
        var host = kind == 3
            ? Encoding.ASCII.GetString(await TakeAsync(stream, (await TakeAsync(stream, 1))[0]))
            : new IPAddress(await TakeAsync(stream, kind == 1 ? 4 : 16)).ToString();
        await TakeAsync(stream, 2);
        lock (Hosts) Hosts.Add(host);
        using var far = new TcpClient();
        await far.ConnectAsync(_target.Host, _target.Port, Stopping);
        await stream.WriteAsync(new byte[] { 5, 0, 0, 1, 0, 0, 0, 0, 0, 0 }, Stopping);
        await Task.WhenAny(stream.CopyToAsync(far.GetStream(), Stopping), far.GetStream().CopyToAsync(stream, Stopping));
    }

    private async Task<byte[]> TakeAsync(NetworkStream stream, int length)
    {
        var bytes = new byte[length];
        await stream.ReadExactlyAsync(bytes, Stopping);
        return bytes;
    }
}
