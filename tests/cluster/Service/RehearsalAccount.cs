using OrleansTrader.Adapters.Feeds;
using OrleansTrader.Adapters.Secrets;
using OrleansTrader.Core.Market;
using OrleansTrader.ExchangeSimulator;
using OrleansTrader.ExchangeSimulator.Accounts;

namespace OrleansTrader.Cluster.Tests.Service;

/// <summary>An account with 10,000 USDT at an exchange of this process, whose bars close every second, and its keys among the secrets of a folder.</summary>
internal sealed class RehearsalAccount : IAsyncDisposable
{
    private const string Passphrase = "a passphrase of tests";
    private const string ApiKey = "rehearsal-key-0123456789";
    private const string Secret = "rehearsal-secret-0123456789";

    private readonly HttpClient _http;

    private RehearsalAccount(ExchangeServer server)
    {
        Server = server;
        _http = new HttpClient { BaseAddress = server.Address };
        var authority = server.Address.Authority;
        Settings = ["--Market:Source=binance", "--Market:Symbols=BTCUSDT", "--Market:Interval=1s", "--Binance:SettleSeconds=0.1", $"--Binance:RestUrl=http://{authority}", $"--Binance:SocketUrl=ws://{authority}/ws-api/v3"];
    }

    public ExchangeServer Server { get; }

    /// <summary>What opens the secrets.</summary>
    public (string Name, string Value) Key { get; } = ("TRADER_KEY", Passphrase);

    /// <summary>All settings but the mode.</summary>
    public string[] Settings { get; }

    /// <summary>What is added to the name of an account here.</summary>
    public string Place => $"binance-{Server.Address.Host}-{Server.Address.Port}";

    /// <param name="folder">The one that the service is started in.</param>
    /// <param name="change">What is other than said above; null for nothing.</param>
    public static async Task<RehearsalAccount> OpenAsync(string folder, Action<SimulatorOptions>? change = null)
    {
        var store = new SecretStore(Path.Combine(folder, "state", "secrets.json"), TimeProvider.System);
        var key = KeyMaterial.Parse(Passphrase, "a test");
        Directory.CreateDirectory(Path.Combine(folder, "state"));
        await store.SetAsync("binance.key", ApiKey, key);
        await store.SetAsync("binance.secret", Secret, key);
        var options = new SimulatorOptions { Seed = 7 };
        options.Accounts.Add(new AccountOptions { Name = "first", Keys = { new KeyOptions { ApiKey = ApiKey, Secret = Secret, AllowedIps = ["127.0.0.1"] } }, Balances = { ["USDT"] = 10_000 } });
        change?.Invoke(options);
        return new RehearsalAccount(await ExchangeServer.StartAsync(options, new SyntheticFeed(7, Interval.Parse("1s"), ["BTCUSDT"])));
    }

    /// <summary>What the exchange says behind its back, such as <c>state</c>.</summary>
    public async Task<string> LookAsync(string what) => await _http.GetStringAsync($"/sim/{what}");

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Server.DisposeAsync();
    }
}
