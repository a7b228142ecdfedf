using System.ComponentModel.DataAnnotations;

namespace OrleansTrader.Adapters.Binance;

/// <summary>Where Binance is and how it is asked.</summary>
public sealed class BinanceOptions
{
    public const string Section = "Binance";

    /// <summary>Whose addresses are used where none is set below. Default production.</summary>
    public BinancePlace Place { get; init; } = BinancePlace.Production;

    /// <summary>Address of the REST API; null for that of <see cref="Place"/>.</summary>
    public Uri? RestUrl { get; init; }

    /// <summary>Address of the market streams; null for that of <see cref="Place"/>.</summary>
    public Uri? StreamUrl { get; init; }

    /// <summary>Address of the WebSocket API, path included; null for that of <see cref="Place"/>.</summary>
    public Uri? SocketUrl { get; init; }

    /// <summary>Address of the public archive of past bars; null for that of production.</summary>
    public Uri? ArchiveUrl { get; init; }

    /// <summary>What everything goes through: <c>http://host:port</c> or <c>socks5://host:port</c>, user and password before the host where needed; null for none.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>How old a signed request may be when the exchange carries it out, ms. Default 5,000.</summary>
    [Range(1, 60_000)] public int RecvWindowMs { get; init; } = 5_000;

    /// <summary>How long to wait for an answer, seconds. Default 15; the exchange itself gives up after 10.</summary>
    [Range(1, 3_600)] public int TimeoutSeconds { get; init; } = 15;

    /// <summary>How long to wait for a connection, seconds. Default 5.</summary>
    [Range(1, 3_600)] public int ConnectSeconds { get; init; } = 5;

    internal Uri Archive
    {
        get
        {
            var address = ArchiveUrl?.AbsoluteUri ?? "https://data.binance.vision/";
            return new Uri(address.EndsWith('/') ? address : address + "/");
        }
    }

    /// <summary>True when the archive has bars of the exchange that REST asks: another one's would be mixed with them.</summary>
    internal bool HasArchive => ArchiveUrl is not null || (Place == BinancePlace.Production && (RestUrl is null || IsOf(RestUrl, "binance.com") || IsOf(RestUrl, "data-api.binance.vision")));

    internal Uri Rest => RestUrl ?? new Uri(Place switch
    {
        BinancePlace.Testnet => "https://testnet.binance.vision",
        BinancePlace.Demo => "https://demo-api.binance.com",
        _ => "https://api.binance.com",
    });

    internal Uri Streams => StreamUrl ?? new Uri(Place switch
    {
        BinancePlace.Testnet => "wss://stream.testnet.binance.vision",
        BinancePlace.Demo => "wss://demo-stream.binance.com",
        _ => "wss://stream.binance.com:9443",
    });

    internal Uri Socket => SocketUrl ?? new Uri(Place switch
    {
        BinancePlace.Testnet => "wss://ws-api.testnet.binance.vision/ws-api/v3",
        BinancePlace.Demo => "wss://demo-ws-api.binance.com/ws-api/v3",
        _ => "wss://ws-api.binance.com:443/ws-api/v3",
    });

    private static bool IsOf(Uri address, string domain) =>
        string.Equals(address.Host, domain, StringComparison.OrdinalIgnoreCase) || address.Host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase);
}
