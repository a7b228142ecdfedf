using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;

namespace OrleansTrader.Api.Security;

/// <summary>How many lines one address has open, so that it keeps nobody else out.</summary>
/// <param name="proxies">Those that are not counted: through them come many.</param>
internal sealed class LinesByAddress(IReadOnlyList<IPNetwork> proxies)
{
    private const int Most = 100;

    private readonly ConcurrentDictionary<IPAddress, int> _open = new();

    /// <summary>Serves the line, or closes it at once where its address has too many.</summary>
    public async Task TakeAsync(ConnectionContext line, ConnectionDelegate next)
    {
        if ((line.RemoteEndPoint as IPEndPoint)?.Address is not { } address || proxies.Any(network => network.Contains(address)))
        {
            await next(line);
            return;
        }

        try
        {
            if (_open.AddOrUpdate(address, 1, static (_, count) => count + 1) <= Most) await next(line);
            else line.Abort(new ConnectionAbortedException("The address has too many lines open."));
        }
        finally
        {
            // One that has none left is forgotten.
            if (_open.AddOrUpdate(address, 0, static (_, count) => count - 1) == 0) _open.TryRemove(new KeyValuePair<IPAddress, int>(address, 0));
        }
    }
}
