using System.Net;
using System.Net.Sockets;

namespace OrleansTrader.Adapters.Tests.Postgres;

/// <summary>A line between program and server that can be slow, dead or cut: it listens here and passes on to the server's socket.</summary>
internal sealed class WaywardLine : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Socket> _open = [];
    private readonly string _target;
    private TaskCompletionSource _flows = Flowing();

    public WaywardLine(PrivateServer server)
    {
        _target = Path.Combine(server.Folder, ".s.PGSQL.5432");
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>How long each answer of the server is on its way.</summary>
    public TimeSpan Delay { get; set; }

    public bool IsCut { get; private set; }

    /// <summary>The connection string by this way.</summary>
    public string Over(string connection)
    {
        var settings = new Npgsql.NpgsqlConnectionStringBuilder(connection) { Host = "127.0.0.1", Port = ((IPEndPoint)_listener.LocalEndpoint).Port, GssEncryptionMode = Npgsql.GssEncryptionMode.Disable };
        return settings.ConnectionString;
    }

    /// <summary>Ends what is open and takes nothing new.</summary>
    public void Cut()
    {
        lock (_open)
        {
            IsCut = true;
            foreach (var socket in _open) socket.Dispose();
            _open.Clear();
        }
    }

    /// <summary>Nothing comes through any more, and nobody is told.</summary>
    public void Freeze() => _flows = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Mend()
    {
        IsCut = false;
        _flows.TrySetResult();
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _listener.Dispose();
        Cut();
        Mend();
        _stopping.Dispose();
    }

    private static TaskCompletionSource Flowing()
    {
        var flows = new TaskCompletionSource();
        flows.SetResult();
        return flows;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var near = await _listener.AcceptSocketAsync(_stopping.Token);
                if (IsCut)
                {
                    near.Dispose();
                    continue;
                }

                var far = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await far.ConnectAsync(new UnixDomainSocketEndPoint(_target), _stopping.Token);
                lock (_open)
                {
                    _open.AddRange([near, far]);
                    // It may have been cut while this connection was made.
                    if (IsCut) Cut();
                }

                _ = PassAsync(near, far, isAnswer: false);
                _ = PassAsync(far, near, isAnswer: true);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The line is taken down.
        }
    }

    private async Task PassAsync(Socket from, Socket to, bool isAnswer)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, SocketFlags.None, _stopping.Token) is > 0 and var length)
            {
                await _flows.Task;
                if (isAnswer && Delay > TimeSpan.Zero) await Task.Delay(Delay, _stopping.Token);
                await to.SendAsync(buffer.AsMemory(0, length), SocketFlags.None, _stopping.Token);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Either end is gone.
        }
        finally
        {
            from.Dispose();
            to.Dispose();
        }
    }
}
