using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using OrleansTrader.Adapters.Binance;
using OrleansTrader.Adapters.Binance.Rest;
using OrleansTrader.Adapters.Secrets;
using OrleansTrader.Adapters.Tests.Binance.Signing;

namespace OrleansTrader.Adapters.Tests.Binance.Rest;

/// <summary>What the network does to a request.</summary>
public sealed class NetworkTests
{
    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_order_is_sent_once_when_the_server_closes_a_used_connection_without_a_word()
    {
        using var server = new ClosingServer();
        using var connected = new Connected(server.Address);
        for (var order = 1; order <= 10; order++)
        {
            // A connection that was used before, which the HTTP client trusts less than a new one.
            Assert.Null(await connected.Rest.MeasureClockAsync(Ending));
            var answer = await connected.Rest.SendAsync(RestConnectionTests.PlaceOrder, connected.Rest.Parameters().Add("symbol"u8, "BTCUSDT"), Text, Ending);
            Assert.Equal((BinanceErrorKind.NoAnswer, true), (answer.Error!.Kind, answer.Error.IsOutcomeUnknown));
            Assert.Equal(order, server.Taken);
        }
    }

    [Fact]
    public async Task What_the_HTTP_client_would_send_twice_by_itself_is_not_how_orders_are_sent()
    {
        using var server = new ClosingServer();
        using var http = RestTransport.Create(new BinanceOptions { RestUrl = server.Address });
        await http.GetAsync(new Uri(server.Address, "/api/v3/time"), Ending);
        await Assert.ThrowsAsync<HttpRequestException>(() => http.PostAsync(new Uri(server.Address, "/api/v3/order?symbol=BTCUSDT"), content: null, Ending));
        // The reason for the body of an order: should this fall one day, .NET has stopped doing it.
        Assert.InRange(server.Taken, 2, 10);
    }

    [Fact]
    public async Task A_closed_port_is_told_as_such_and_the_order_was_certainly_not_placed()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var connected = new Connected(new Uri($"http://127.0.0.1:{port}"));
        var error = (await connected.Rest.SendAsync(RestConnectionTests.PlaceOrder, null, Text, Ending)).Error!;
        Assert.Equal((BinanceErrorKind.Unreachable, false), (error.Kind, error.IsOutcomeUnknown));
        Assert.Equal($"Binance cannot be reached at 127.0.0.1:{port}: no connection came about; check the network, the firewall and the setting Binance:RestUrl.", error.Sentence);
    }

    [Fact]
    public async Task A_name_that_nobody_knows_is_told_as_such()
    {
        using var connected = new Connected(new Uri("http://binance.invalid"));
        var error = (await connected.Rest.SendAsync(RestConnectionTests.ReadAccount, null, Text, Ending)).Error!;
        Assert.Equal((BinanceErrorKind.Unreachable, false), (error.Kind, error.IsOutcomeUnknown));
        Assert.StartsWith("Binance cannot be reached at binance.invalid: ", error.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_speaks_no_TLS_is_told_as_such()
    {
        await using var exchange = await TestExchange.StartAsync();
        using var connected = new Connected(new UriBuilder(exchange.Address) { Scheme = "https" }.Uri);
        var error = (await connected.Rest.SendAsync(RestConnectionTests.ReadAccount, null, Text, Ending)).Error!;
        Assert.Equal($"Binance cannot be reached at {exchange.Address.Authority}: no secure connection came about; check the network, the firewall and the setting Binance:RestUrl.", error.Sentence);
    }

    [Fact]
    public async Task Everything_goes_through_a_SOCKS5_proxy_names_included_and_its_password_is_a_secret()
    {
        await using var exchange = await TestExchange.StartAsync();
        exchange.ShowTime(TimeProvider.System.GetUtcNow);
        exchange.On("GET /api/v3/account", "{}");
        using var proxy = new TestProxy(exchange.Address, "trader", "pass:word-of-proxy");
        using var connected = new Connected(new Uri("http://binance.invalid"), proxy: new Uri($"socks5://trader:pass%3Aword-of-proxy@127.0.0.1:{proxy.Port}"));
        var answer = await connected.Rest.SendAsync(RestConnectionTests.ReadAccount, null, Text, Ending);
        Assert.Equal("{}", answer.TryGet(out var text) ? text : answer.Error!.Sentence);
        Assert.All(proxy.Hosts, host => Assert.Equal("binance.invalid", host));
        Assert.Equal("***", KnownSecrets.OfProcess.Without("pass:word-of-proxy"));
    }

    [Fact]
    public async Task Everything_goes_through_an_HTTP_proxy()
    {
        await using var proxy = await TestExchange.StartAsync();
        proxy.ShowTime(TimeProvider.System.GetUtcNow);
        using var connected = new Connected(new Uri("http://binance.invalid"), proxy: proxy.Address);
        Assert.Null(await connected.Rest.MeasureClockAsync(Ending));
        Assert.All(proxy.All, asked => Assert.Equal("http://binance.invalid/api/v3/time", asked.Target));
    }

    [Fact]
    public async Task A_proxy_that_refuses_is_named_in_the_sentence()
    {
        await using var proxy = await TestExchange.StartAsync();
        using var connected = new Connected(new Uri("https://binance.invalid"), proxy: proxy.Address);
        var error = (await connected.Rest.SendAsync(RestConnectionTests.PlaceOrder, null, Text, Ending)).Error!;
        Assert.Equal((BinanceErrorKind.Unreachable, false), (error.Kind, error.IsOutcomeUnknown));
        Assert.Equal("Binance cannot be reached at binance.invalid: the proxy does not let it through; check the network, the firewall and the setting Binance:Proxy.", error.Sentence);
    }

    [Fact]
    public void A_proxy_of_an_unknown_kind_is_refused() =>
        Assert.Contains("Binance:Proxy begins with ftp://", Assert.Throws<ArgumentException>(() => RestTransport.Create(new BinanceOptions { Proxy = new Uri("ftp://127.0.0.1:1") })).Message, StringComparison.Ordinal);

    [Fact]
    public async Task No_error_bears_key_secret_or_signature()
    {
        await using var exchange = await TestExchange.StartAsync();
        exchange.ShowTime(TimeProvider.System.GetUtcNow);
        // An exchange, or a proxy before it, that says back what it was told.
        exchange.On("POST /api/v3/order", (asked, context) =>
        {
            context.Response.StatusCode = 400;
            return context.Response.WriteAsync($$"""{"code":-1100,"msg":"{{asked.ApiKey}} {{TestKeys.Secret}} {{asked.Body}}"}""");
        });
        using var connected = new Connected(exchange.Address);
        var error = (await connected.Rest.SendAsync(RestConnectionTests.PlaceOrder, connected.Rest.Parameters().Add("symbol"u8, "BTCUSDT"), Text, Ending)).Error!;
        var signature = exchange.At("POST /api/v3/order")[0]["signature"];
        foreach (var secret in new[] { TestKeys.ApiKey, TestKeys.Secret, signature })
        {
            Assert.DoesNotContain(secret, error.Sentence, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, error.ToString(), StringComparison.Ordinal);
        }
    }

    private static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);
}
