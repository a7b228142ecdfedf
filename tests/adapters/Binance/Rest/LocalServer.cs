using System.Net;
using System.Net.Sockets;

namespace OrleansTrader.Adapters.Tests.Binance.Rest;

/// <summary>Listens on a port of this machine and serves each connection by itself, until it is taken down.</summary>
internal abstract class LocalServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    protected CancellationToken Stopping => _stopping.Token;

    public void Dispose()
    {
        _stopping.Cancel();
        _listener.Dispose();
        _stopping.Dispose();
    }

    protected abstract Task ServeAsync(TcpClient client);

    /// <summary>Called once what serves is ready.</summary>
    protected void Start()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptTcpClientAsync(Stopping));
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It is taken down.
        }
    }
}
