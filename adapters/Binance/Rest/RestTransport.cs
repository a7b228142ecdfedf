using System.Net;

namespace OrleansTrader.Adapters.Binance.Rest;

/// <summary>Makes the HTTP client through which an address of the exchange is asked.</summary>
public static class RestTransport
{
    private const int LargestAnswer = 64 * 1024 * 1024;

    /// <summary>HTTP/1.1 without redirects, cookies or time limit of its own; connections are renewed so that a changed address of the name is found.</summary>
    /// <exception cref="ArgumentException">The proxy is of a kind that is not known.</exception>
    public static HttpClient Create(BinanceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var proxy = BinanceProxy.Of(options.Proxy);
        return new HttpClient(new SocketsHttpHandler
        {
            Proxy = proxy,
            UseProxy = proxy is not null,
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip,
            ConnectTimeout = TimeSpan.FromSeconds(options.ConnectSeconds),
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        })
        {
            MaxResponseContentBufferSize = LargestAnswer,
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }
}
