using OrleansTrader.Adapters.Binance;
using OrleansTrader.Adapters.Binance.Limits;
using OrleansTrader.Adapters.Binance.Rest;
using OrleansTrader.Adapters.Binance.Signing;
using OrleansTrader.Adapters.Tests.Binance.Signing;

namespace OrleansTrader.Adapters.Tests.Binance.Rest;

/// <summary>A connection to an exchange of a test, over a real socket.</summary>
internal sealed class Connected : IDisposable
{
    private readonly HttpClient _http;

    public Connected(Uri address, TimeProvider? time = null, Uri? proxy = null, string? secret = TestKeys.Secret)
    {
        var options = new BinanceOptions { RestUrl = address, Proxy = proxy };
        time ??= TimeProvider.System;
        _http = RestTransport.Create(options);
        Gate = new RateGate(new RateLimitOptions(), time);
        Credentials = secret is null ? null : ApiCredentials.From(TestKeys.ApiKey, secret);
        Rest = new RestConnection(_http, Gate, new ExchangeClock(time), options, Credentials, "main", time);
    }

    public RestConnection Rest { get; }

    public RateGate Gate { get; }

    public ApiCredentials? Credentials { get; }

    public void Dispose()
    {
        Gate.Dispose();
        _http.Dispose();
        Credentials?.Dispose();
    }
}
