using System.Globalization;
using System.Text;
using OrleansTrader.Adapters.Binance.Execution;
using OrleansTrader.Adapters.Feeds;
using OrleansTrader.Adapters.Secrets;
using OrleansTrader.Cluster.Tests.Trading;
using OrleansTrader.Core.Market;
using OrleansTrader.ExchangeSimulator;
using OrleansTrader.ExchangeSimulator.Accounts;

namespace OrleansTrader.Cluster.Tests.Service;

/// <summary>An account with 10,000 USDT at an exchange of this process, and its keys among the secrets of a folder.</summary>
internal sealed class RehearsalAccount : IAsyncDisposable
{
    private const string Passphrase = "a passphrase of tests";
    private const string ApiKey = "rehearsal-key-0123456789";
    private const string Secret = "rehearsal-secret-0123456789";

    private readonly HttpClient _http;

    private RehearsalAccount(ExchangeServer server, IReadOnlyList<string> symbols, string interval)
    {
        Server = server;
        _http = new HttpClient { BaseAddress = server.Address };
        var (authority, options) = (server.Address.Authority, server.Exchange.Options);
        Settings = ["--Market:Source=binance", $"--Market:Symbols={string.Join(',', symbols)}", $"--Market:Interval={interval}", $"--Binance:RestUrl=http://{authority}", $"--Binance:SocketUrl=ws://{authority}/ws-api/v3"];
        Settings = options.Speed > 1
            ? [.. Settings, string.Create(CultureInfo.InvariantCulture, $"--Rehearsal:Speed={options.Speed}"), string.Create(CultureInfo.InvariantCulture, $"--Rehearsal:Since={options.Since:yyyy-MM-dd'T'HH:mm:ss}")]
            : [.. Settings, "--Binance:SettleSeconds=0.1"];
    }

    public ExchangeServer Server { get; }

    /// <summary>What opens the secrets.</summary>
    public (string Name, string Value) Key { get; } = ("TRADER_KEY", Passphrase);

    /// <summary>All settings but the mode.</summary>
    public string[] Settings { get; }

    /// <summary>What is added to the name of an account here.</summary>
    public string Place => $"binance-{Server.Address.Host}-{Server.Address.Port}";

    /// <summary>Name of the account where its mode is live.</summary>
    public string LiveName => $"live-{Place}";

    /// <summary>Of the live account.</summary>
    public ExchangeBooks Books => new(Server.Exchange, new OrderNames(LiveName));

    /// <summary>With one symbol, whose bars close every second.</summary>
    /// <param name="folder">The one that the service is started in.</param>
    /// <param name="change">What is other than said above; null for nothing.</param>
    public static Task<RehearsalAccount> OpenAsync(string folder, Action<SimulatorOptions>? change = null) => OpenAsync(folder, "1s", ["BTCUSDT"], change);

    /// <param name="interval">Length of a bar.</param>
    public static async Task<RehearsalAccount> OpenAsync(string folder, string interval, IReadOnlyList<string> symbols, Action<SimulatorOptions>? change)
    {
        var store = new SecretStore(Path.Combine(folder, "state", "secrets.json"), TimeProvider.System);
        var key = KeyMaterial.Parse(Passphrase, "a test");
        Directory.CreateDirectory(Path.Combine(folder, "state"));
        await store.SetAsync("binance.key", ApiKey, key);
        await store.SetAsync("binance.secret", Secret, key);
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var options = new SimulatorOptions { Seed = 7, Since = new DateTime(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Utc) };
        options.Accounts.Add(new AccountOptions { Name = "first", Keys = { new KeyOptions { ApiKey = ApiKey, Secret = Secret, AllowedIps = ["127.0.0.1"] } }, Balances = { ["USDT"] = 10_000 } });
        change?.Invoke(options);
        return new RehearsalAccount(await ExchangeServer.StartAsync(options, new SyntheticFeed(options.Seed, Interval.Parse(interval), symbols)), symbols, interval);
    }

    /// <summary>What the exchange says behind its back, such as <c>state</c>.</summary>
    public async Task<string> LookAsync(string what) => await _http.GetStringAsync($"/sim/{what}");

    /// <summary>Does something behind its back, such as <c>disconnect</c>.</summary>
    public async Task ChangeAsync(HttpMethod verb, string what, string body = "")
    {
        using var request = new HttpRequestMessage(verb, $"/sim/{what}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        using var answer = await _http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Server.DisposeAsync();
    }
}
