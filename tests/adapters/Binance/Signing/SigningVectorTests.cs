using System.Text;
using OrleansTrader.Adapters.Binance.Signing;

namespace OrleansTrader.Adapters.Tests.Binance.Signing;

/// <summary>The signatures that the exchange's documentation prints, and those computed from them by OpenSSL.</summary>
public sealed class SigningVectorTests : IDisposable
{
    private const string LimitOrder = "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559";

    private readonly ApiCredentials _hmac = ApiCredentials.From(TestKeys.ApiKey, TestKeys.Secret);

    public void Dispose() => _hmac.Dispose();

    [Theory]
    [InlineData("LTCBTC", "LTCBTC", "c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71")]
    [InlineData("１２３４５６", "%EF%BC%91%EF%BC%92%EF%BC%93%EF%BC%94%EF%BC%95%EF%BC%96", "e1353ec6b14d888f1164ae9af8228a3dbd508bc82eb867db8ab6046442f33ef3")]
    public void A_limit_order_is_encoded_first_and_signed_then(string symbol, string encoded, string signature)
    {
        var text = new RequestText()
            .Add("symbol"u8, symbol).Add("side"u8, "BUY").Add("type"u8, "LIMIT").Add("timeInForce"u8, "GTC")
            .Add("quantity"u8, 1m).Add("price"u8, 0.10m).Add("recvWindow"u8, 5000).Add("timestamp"u8, 1499827319559);
        Assert.Equal(LimitOrder.Replace("LTCBTC", encoded, StringComparison.Ordinal), Encoding.ASCII.GetString(text.Bytes));
        text.Sign(_hmac.Signer);
        Assert.EndsWith("&timestamp=1499827319559&signature=" + signature, Encoding.ASCII.GetString(text.Bytes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTCquantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559", "0fd168b8ddb4876a0358a8d14d0c9f3da0e9b20c5d52b2a00fcf7d1c602f9a77")]
    [InlineData(LimitOrder, "c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71")]
    public void A_payload_has_its_published_signature(string payload, string signature) => Assert.Equal(signature, Sign(_hmac.Signer, payload));

    [Fact]
    public void An_order_over_the_socket_is_signed_sorted_and_unencoded()
    {
        using var text = new SocketRequestText();
        text.Add("symbol"u8, "BTCUSDT").Add("side"u8, "SELL").Add("type"u8, "LIMIT").Add("timeInForce"u8, "GTC")
            .Add("quantity"u8, "0.01000000").Add("price"u8, "52000.00").Add("recvWindow"u8, 100).Add("timestamp"u8, 1645423376532).Add("apiKey"u8, _hmac.ApiKey);
        Assert.Equal(
            $"apiKey={TestKeys.ApiKey}&price=52000.00&quantity=0.01000000&recvWindow=100&side=SELL&symbol=BTCUSDT&timeInForce=GTC&timestamp=1645423376532&type=LIMIT",
            Encoding.UTF8.GetString(text.Payload));
        text.Sign(_hmac.Signer);
        Assert.Contains("\"signature\":\"aa1b5712c094bc4e57c05a1a5c1fd8d88dcd628338ea863fec7b88e59fe2db24\"", Frame(text, "order.place"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "681110a6057ad58657af22f5640fab9dd17418834cdfccdc81be8b0f7b2cde3e")]
    [InlineData(5000, "49601ffc5b0122c3c7ee3ea85ef7d6cd76256f5191a57c976418faa32e917653")]
    public void A_subscription_to_account_events_has_its_published_signature(int recvWindow, string signature)
    {
        using var text = new SocketRequestText();
        text.Add("timestamp"u8, 1747385641636).Add("apiKey"u8, _hmac.ApiKey);
        if (recvWindow > 0) text.Add("recvWindow"u8, recvWindow);
        text.Sign(_hmac.Signer);
        Assert.Contains($"\"signature\":\"{signature}\"", Frame(text, "userDataStream.subscribe.signature"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_RSA_key_signs_as_OpenSSL_does()
    {
        // openssl dgst -sha256 -sign key.pem | base64
        const string Expected =
            "hRQfe9ekCyjKXc+jPGkZBiCzkMQRnAjQu6+Dp4EqUJMCwbitLUY8OaU+qVINl8yWn22y8B07nkr4xEw1D8g0qg/uOph7DtYdIcDjWrxdCz+Wd9w47pA5qmIXpSbZlr+MwZZj1MEFJ0s5IVAvtDzRqSQFvR5omNG515QP8+Xb+W3M9K6eIAL0hFbjEtmp4wCPwjkmZtOk3gxduKoRmbXmMO6s67cYg1kfMg2QfbQBGwv+jCla101et8IaIejWaRP6EbldSnAEwCKgpA6+vlqJ7Q92xKC+mdHl1XKQbYWxyNmstQhdwemfBx4wDysKiEaNnC6xx5tbi5bQmCD765+o3A==";
        using var rsa = ApiCredentials.From(TestKeys.ApiKey, TestKeys.Rsa);
        Assert.Equal(Expected, Sign(rsa.Signer, LimitOrder));
        var text = new RequestText();
        foreach (var pair in LimitOrder.Split('&')) text.Add(Encoding.ASCII.GetBytes(pair.Split('=')[0]), pair.Split('=')[1]);
        text.Sign(rsa.Signer);
        Assert.Equal(
            $"{LimitOrder}&signature={Expected.Replace("+", "%2B", StringComparison.Ordinal).Replace("/", "%2F", StringComparison.Ordinal).Replace("=", "%3D", StringComparison.Ordinal)}",
            Encoding.ASCII.GetString(text.Bytes));
    }

    private static string Sign(RequestSigner signer, string payload)
    {
        var room = new byte[signer.LongestSignature];
        return Encoding.ASCII.GetString(room.AsSpan(0, signer.Sign(Encoding.UTF8.GetBytes(payload), room)));
    }

    private static string Frame(SocketRequestText text, string method) => Encoding.UTF8.GetString(text.Frame(1, Encoding.ASCII.GetBytes(method)).Span);
}
