using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using OrleansTrader.Adapters.Binance;
using OrleansTrader.Adapters.Binance.Feed;
using OrleansTrader.Adapters.Storage;

namespace OrleansTrader.Silo.Settings;

/// <summary>Where Binance is, and how its bars are asked for.</summary>
public sealed class BinanceSettings
{
    public const string Section = "Binance";

    private const string Web = "an address that begins with http:// or https://, such as http://127.0.0.1:7070";
    private const string Socket = "an address that begins with ws:// or wss://, such as ws://127.0.0.1:7070/ws-api/v3";

    /// <summary>Keys of the exchange have 64 characters; what is meant as a name is short.</summary>
    private const int LongestName = 40;

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

    /// <summary>Address of the WebSocket API, path included; empty for that of <see cref="Place"/>. Goes with <see cref="RestUrl"/>.</summary>
    [RegularExpression(@"wss?://[^\s@?#]+", ErrorMessage = Socket)]
    public string SocketUrl { get; init; } = "";

    /// <summary>Which of the owner's secrets is the API key; the key itself is refused. Default binance.key.</summary>
    public string Key { get; init; } = "binance.key";

    /// <summary>Which of the owner's secrets is its secret, or the private key of an RSA pair in PEM; the secret itself is refused. Default binance.secret.</summary>
    public string Secret { get; init; } = "binance.secret";

    /// <summary>True takes an API key that may withdraw, with which a thief could empty the account. Default false.</summary>
    public bool AllowWithdrawalKey { get; init; }

    /// <summary>What everything goes through, <c>http://host:port</c> or <c>socks5://host:port</c>; empty for none. May hold a password, and so is never shown.</summary>
    public string Proxy { get; init; } = "";

    /// <summary>How long to wait for an answer, seconds. Default 15.</summary>
    [Range(1, 120)]
    public int TimeoutSeconds { get; init; } = 15;

    /// <summary>For how long a start asks again where the exchange cannot be reached or fails, seconds for each question; 0 asks once. Default 30.</summary>
    [Range(0, 3_600)]
    public int StartSeconds { get; init; } = 30;

    /// <summary>Bars before its first step that a strategy is shown. Default 2,000.</summary>
    [Range(100, 100_000)]
    public int HistoryBars { get; init; } = 2_000;

    /// <summary>Seconds after its end from which on a bar is asked for that no stream has brought. Default 1.</summary>
    [Range(0.0, 60.0)]
    public double SettleSeconds { get; init; } = 1;

    /// <summary>Seconds after its end for which the others wait for a symbol whose bar is missing. Default 15.</summary>
    [Range(0.0, 3_600.0)]
    public double PatienceSeconds { get; init; } = 15;

    /// <summary>What is wrong, in words that show neither a proxy nor a key.</summary>
    public IEnumerable<string> Problems()
    {
        if (Proxy.Length > 0 && !(Uri.TryCreate(Proxy, UriKind.Absolute, out var address) && address.Scheme is "http" or "socks5" && address.Host.Length > 0))
            yield return $"{Section}:{nameof(Proxy)} is no address of a proxy; write http://host:port or socks5://host:port, user and password before the host where needed.";
        if (!IsName(Key)) yield return NoName(nameof(Key), "binance.key");
        if (!IsName(Secret)) yield return NoName(nameof(Secret), "binance.secret");
    }

    /// <summary>This group alone, for what needs no service.</summary>
    /// <exception cref="SettingsException">A setting of it is wrong.</exception>
    public static BinanceSettings Read(IConfiguration configuration)
    {
        var reader = new SettingsReader(configuration);
        var settings = reader.Read<BinanceSettings>(Section);
        foreach (var problem in settings.Problems()) reader.Add(problem);
        reader.ThrowIfAny();
        return settings;
    }

    public BinanceOptions ToOptions() => ToOptions(new RehearsalSettings());

    public BinanceOptions ToOptions(RehearsalSettings rehearsal) => new()
    {
        Place = Place,
        RestUrl = RestUrl.Length > 0 ? new Uri(RestUrl) : null,
        ArchiveUrl = ArchiveUrl.Length > 0 ? new Uri(ArchiveUrl) : null,
        StreamUrl = StreamUrl.Length > 0 ? new Uri(StreamUrl) : null,
        SocketUrl = SocketUrl.Length > 0 ? new Uri(SocketUrl) : null,
        Proxy = Proxy.Length > 0 ? new Uri(Proxy) : null,
        TimeoutSeconds = rehearsal.AtLeast(TimeoutSeconds, machineSeconds: 2),
        ConnectSeconds = rehearsal.AtLeast(new BinanceOptions().ConnectSeconds, machineSeconds: 2),
    };

    public BinanceFeedOptions ToFeedOptions(RehearsalSettings rehearsal) => new()
    {
        HistoryBars = HistoryBars,
        SettleSeconds = SettleSeconds,
        PatienceSeconds = rehearsal.AtLeast(PatienceSeconds, machineSeconds: 1),
        QuoteSeconds = rehearsal.AtLeast(QuoteSeconds, machineSeconds: 1),
    };

    /// <summary>True when market streams are used: never those of another exchange than the one whose bars are asked for.</summary>
    public bool HasStreams => Streams && (RestUrl.Length == 0 || StreamUrl.Length > 0);

    /// <summary>Which exchange it is, as an account is bound to it: another address is another exchange.</summary>
    public string PlaceName => RestUrl.Length > 0 ? RestUrl.TrimEnd('/') : Place.ToString().ToLowerInvariant();

    /// <summary>Whether orders and reports go to this machine, and through no proxy, whose machine would be another: only there may an exchange to rehearse at be.</summary>
    public bool StaysHere => IsHere(RestUrl) && (SocketUrl.Length == 0 || IsHere(SocketUrl)) && Proxy.Length == 0;

    /// <summary>Whose money is at stake there. An address of one's own counts as production.</summary>
    /// <param name="isSimulator">True where it has shown that it is the exchange to rehearse at: what listens on this machine may as well pass everything on to Binance.</param>
    public ExchangePlace At(bool isSimulator) => RestUrl.Length > 0
        ? new ExchangePlace(StaysHere && isSimulator ? ExchangeKind.Rehearsal : ExchangeKind.Production, new Uri(RestUrl).Authority)
        : new ExchangePlace(Place switch { BinancePlace.Testnet => ExchangeKind.Testnet, BinancePlace.Demo => ExchangeKind.Demo, _ => ExchangeKind.Production }, Address: null);

    /// <summary>The same as a part of an account's name; empty for production.</summary>
    public string PlaceSuffix => RestUrl.Length > 0 ? $"-{new Uri(RestUrl).Authority.Replace(':', '-')}" : Place == BinancePlace.Production ? "" : $"-{PlaceName}";

    /// <summary>Whether an address is one of this machine; false where there is none.</summary>
    internal static bool IsHere(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.IsLoopback;

    // What is given is not told: it may be a key.
    private static string NoName(string setting, string standard) =>
        $"{Section}:{setting} is not the name of a secret; keep the key itself with 'trader secrets set {standard}', where it is sealed, and leave this setting out or give that name (lower-case letters, digits, '-' and '.', at most {LongestName} of them).";

    private static bool IsName(string text) => text.Length <= LongestName && PlainName.Is(text);
}
