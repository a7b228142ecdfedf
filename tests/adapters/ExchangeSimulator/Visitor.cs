using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OrleansTrader.Core.Ports;
using OrleansTrader.ExchangeSimulator;
using OrleansTrader.ExchangeSimulator.Accounts;

namespace OrleansTrader.Adapters.Tests.ExchangeSimulator;

/// <summary>What the exchange answered.</summary>
internal sealed record Heard(HttpStatusCode Status, JsonElement Json, HttpResponseMessage Message)
{
    public int Code => Json.GetProperty("code").GetInt32();

    public string Text => Json.GetProperty("msg").GetString()!;

    public string Field(string name) => Json.GetProperty(name).GetString()!;

    public long Number(string name) => Json.GetProperty(name).GetInt64();

    public string? Header(string name) => Message.Headers.TryGetValues(name, out var values) ? values.Single() : null;
}

/// <summary>An exchange on a port of its own, with a clock that is moved by hand, and somebody who asks it by plain HTTP.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    // The dummy key that the exchange's documentation publishes.
    public const string ApiKey = "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A";
    public const string Secret = "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j";

    private readonly HttpClient _http;

    private Visitor(ExchangeServer server, ManualTime time)
    {
        (Server, Time) = (server, time);
        _http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.GZip }) { BaseAddress = server.Address };
    }

    public ExchangeServer Server { get; }

    public ManualTime Time { get; }

    /// <param name="start">What the exchange's clock shows at first; null for the first moment of the market.</param>
    public static async Task<Visitor> ComeAsync(IMarketFeed feed, Action<SimulatorOptions>? change = null, DateTime? start = null)
    {
        var time = new ManualTime(start ?? BarFeed.Start);
        return new Visitor(await ExchangeServer.StartAsync(Options(change), feed, clock: time, cancellation: TestContext.Current.CancellationToken), time);
    }

    /// <summary>One account with 10,000 USDT and 1 BTC, and a narrow book around a price.</summary>
    public static SimulatorOptions Options(Action<SimulatorOptions>? change = null)
    {
        var options = new SimulatorOptions { Seed = 7 };
        options.Market.HistoryBars = 0;
        options.Market.HalfSpreadBps = 0;
        options.Accounts.Add(new AccountOptions
        {
            Name = "first",
            Keys = { new KeyOptions { ApiKey = ApiKey, Secret = Secret } },
            Balances = { ["BTC"] = 1, ["USDT"] = 10_000 },
        });
        change?.Invoke(options);
        return options;
    }

    public Task<Heard> GetAsync(string path, string query = "") => SendAsync(HttpMethod.Get, path, query);

    /// <summary>Asks with a key and signs.</summary>
    public Task<Heard> SignedAsync(string verb, string path, string query = "", string apiKey = ApiKey, string secret = Secret) =>
        SendAsync(new HttpMethod(verb), path, Sign(WithTime(query), secret), apiKey);

    /// <summary>Asks the back door.</summary>
    public Task<Heard> ControlAsync(string verb, string path, string? body = null) => SendAsync(new HttpMethod(verb), $"/sim/{path}", body: body);

    /// <summary>Listens at a path such as <c>/ws/btcusdt@trade</c>.</summary>
    public Task<Listener> ListenAsync(string path) => Listener.ConnectAsync(new UriBuilder(Server.Address) { Scheme = "ws" }.Uri, path);

    /// <summary>Places an order in BTCUSDT.</summary>
    public Task<Heard> OrderAsync(string query) => SignedAsync("POST", "/api/v3/order", $"symbol=BTCUSDT&{query}");

    public async Task<Heard> SendAsync(HttpMethod verb, string path, string query = "", string? apiKey = null, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(verb, query.Length > 0 ? $"{path}?{query}" : path);
        if (apiKey is not null) request.Headers.Add("X-MBX-APIKEY", apiKey);
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded");
        var message = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await message.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new Heard(message.StatusCode, text.StartsWith('<') ? default : JsonDocument.Parse(text).RootElement, message);
    }

    public string WithTime(string query) => $"{(query.Length > 0 ? $"{query}&" : "")}timestamp={Milliseconds(Time.Now)}";

    public static string Sign(string payload, string secret = Secret) => $"{payload}&signature={Signature(payload, secret)}";

    public static string Signature(string payload, string secret = Secret) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(payload)));

    public static string Milliseconds(DateTime time) => ((time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond).ToString(CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Server.DisposeAsync();
    }
}
