using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;

namespace OrleansTrader.Api.Security;

/// <summary>How many lines are open, from one address and from all other machines together, so that nobody keeps anybody else out, and nobody this machine.</summary>
/// <param name="proxies">Those that are not counted: through them come many.</param>
internal sealed class LinesByAddress(IReadOnlyList<IPNetwork> proxies)
{
    /// <summary>From one address, of IPv6 from a network of 64 bits, all of which one customer has.</summary>
    public const int MostOfOne = 100;

    /// <summary>From all other machines together.</summary>
    public const int MostOfOthers = 900;

    private readonly ConcurrentDictionary<IPAddress, int> _open = new();
    private int _ofOthers;

    /// <summary>Serves the line, or closes it at once where there are too many.</summary>
    public async Task TakeAsync(ConnectionContext line, ConnectionDelegate next)
    {
        if ((line.RemoteEndPoint as IPEndPoint)?.Address is not { } sender || IsProxy(ClientAddress.Plain(sender)))
        {
            await next(line);
            return;
        }

        var address = ClientAddress.GroupOf(ClientAddress.Plain(sender));
        var isOther = !IPAddress.IsLoopback(address);
        try
        {
            var ofOne = _open.AddOrUpdate(address, 1, static (_, count) => count + 1);
            var isTooMuch = (isOther && Interlocked.Increment(ref _ofOthers) > MostOfOthers) || ofOne > MostOfOne;
            if (isTooMuch) line.Abort(new ConnectionAbortedException("There are too many lines open."));
            else await next(line);
        }
        finally
        {
            if (isOther) Interlocked.Decrement(ref _ofOthers);
            // One that has none left is forgotten.
            if (_open.AddOrUpdate(address, 0, static (_, count) => count - 1) == 0) _open.TryRemove(new KeyValuePair<IPAddress, int>(address, 0));
        }
    }

    private bool IsProxy(IPAddress address) => proxies.Any(network => network.Contains(address));
}
