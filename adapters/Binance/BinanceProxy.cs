using System.Net;
using OrleansTrader.Adapters.Secrets;

namespace OrleansTrader.Adapters.Binance;

/// <summary>The proxy of the settings, for REST and WebSockets alike.</summary>
internal static class BinanceProxy
{
    /// <returns>Null for none.</returns>
    /// <exception cref="ArgumentException">It is neither an HTTP nor a SOCKS proxy.</exception>
    public static WebProxy? Of(Uri? address)
    {
        if (address is null) return null;
        if (address.Scheme is not ("http" or "https" or "socks4" or "socks4a" or "socks5"))
            throw new ArgumentException($"{BinanceOptions.Section}:Proxy begins with {address.Scheme}://; it must begin with http:// or socks5://.", nameof(address));
        var proxy = new WebProxy(new UriBuilder(address) { UserName = "", Password = "" }.Uri);
        if (address.UserInfo.Length == 0) return proxy;
        var parts = address.UserInfo.Split(':', 2);
        var password = parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "";
        KnownSecrets.OfProcess.Add(password);
        proxy.Credentials = new NetworkCredential(Uri.UnescapeDataString(parts[0]), password);
        return proxy;
    }
}
