using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using OrleansTrader.Adapters.Binance;
using OrleansTrader.Adapters.Binance.Feed;

namespace OrleansTrader.Silo.Settings;

/// <summary>Where Binance is, and how its bars are asked for.</summary>
public sealed class BinanceSettings
{
    public const string Section = "Binance";

    private const string Web = "an address that begins with http:// or https://, such as http://127.0.0.1:7070";
    private const string Socket = "an address that begins with ws:// or wss://, such as ws://127.0.0.1:7070";

    public BinancePlace Place { get; init; } = BinancePlace.Production;

    /// <summary>Address of the REST API; empty for that of <see cref="Place"/>.</summary>
    [RegularExpression(@"https?://[^\s@?#]+", ErrorMessage = Web)]
    public string RestUrl { get; init; } = "";

    /// <summary>Address of the archive of past bars; empty for that of production, which no other exchange's bars are mixed with.</summary>
    [RegularExpression(@"https?://[^\s@?#]+", ErrorMessage = Web)]
    public string ArchiveUrl { get; init; } = "";

    /// <summary>
    /// Whether bars come by market streams, with the best prices between them; what they do not bring is asked for as ever. Default true;
    /// never where <see cref="RestUrl"/> names an exchange and <see cref="StreamUrl"/> does not say where its streams are.
    /// </summary>
    public bool Streams { get; init; } = true;

    /// <summary>Address of the market streams; empty for that of <see cref="Place"/>.</summary>
    [RegularExpression(@"wss?://[^\s@?#]+", ErrorMessage = Socket)]
    public string StreamUrl { get; init; } = "";

    /// <summary>Seconds for which best bid and ask hold when no newer ones are heard. Default 15.</summary>
    [Range(1.0, 3_600.0)]
    public double QuoteSeconds { get; init; } = 15;

    /// <summary>What everything goes through, <c>http://host:port</c> or <c>socks5://host:port</c>; empty for none. May hold a password, and so is never shown.</summary>
    public string Proxy { get; init; } = "";

    /// <summary>How long to wait for an answer, seconds. Default 15.</summary>
    [Range(1, 120)]
    public int TimeoutSeconds { get; init; } = 15;

    /// <summary>Bars before its first step that a strategy is shown. Default 2,000.</summary>
    [Range(100, 100_000)]
    public int HistoryBars { get; init; } = 2_000;

    /// <summary>Seconds after its end from which on a bar is asked for that no stream has brought. Default 1.</summary>
    [Range(0.0, 60.0)]
    public double SettleSeconds { get; init; } = 1;

    /// <summary>Seconds after its end for which the others wait for a symbol whose bar is missing. Default 15.</summary>
    [Range(0.0, 3_600.0)]
    public double PatienceSeconds { get; init; } = 15;

    /// <summary>What is wrong with the proxy, in words that do not show it; null when nothing is.</summary>
    public string? Problem =>
        Proxy.Length == 0 || (Uri.TryCreate(Proxy, UriKind.Absolute, out var address) && address.Scheme is "http" or "socks5" && address.Host.Length > 0)
            ? null
            : $"{Section}:{nameof(Proxy)} is no address of a proxy; write http://host:port or socks5://host:port, user and password before the host where needed.";

    /// <summary>This group alone, for what needs no service.</summary>
    /// <exception cref="SettingsException">A setting of it is wrong.</exception>
    public static BinanceSettings Read(IConfiguration configuration)
    {
        var reader = new SettingsReader(configuration);
        var settings = reader.Read<BinanceSettings>(Section);
        if (settings.Problem is { } wrong) reader.Add(wrong);
        reader.ThrowIfAny();
        return settings;
    }

    public BinanceOptions ToOptions() => new()
    {
        Place = Place,
        RestUrl = RestUrl.Length > 0 ? new Uri(RestUrl) : null,
        ArchiveUrl = ArchiveUrl.Length > 0 ? new Uri(ArchiveUrl) : null,
        StreamUrl = StreamUrl.Length > 0 ? new Uri(StreamUrl) : null,
        Proxy = Proxy.Length > 0 ? new Uri(Proxy) : null,
        TimeoutSeconds = TimeoutSeconds,
    };

    public BinanceFeedOptions ToFeedOptions() => new() { HistoryBars = HistoryBars, SettleSeconds = SettleSeconds, PatienceSeconds = PatienceSeconds, QuoteSeconds = QuoteSeconds };

    /// <summary>True when market streams are used: never those of another exchange than the one whose bars are asked for.</summary>
    public bool HasStreams => Streams && (RestUrl.Length == 0 || StreamUrl.Length > 0);

    /// <summary>Which exchange it is, as an account is bound to it: another address is another exchange.</summary>
    public string PlaceName => RestUrl.Length > 0 ? RestUrl.TrimEnd('/') : Place.ToString().ToLowerInvariant();
}
