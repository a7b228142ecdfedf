using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using OrleansTrader.Adapters.Binance.Signing;

namespace OrleansTrader.Adapters.Tests.Binance.Signing;

public sealed class RequestTextTests
{
    [Fact]
    public void Any_text_is_encoded_as_addresses_are() =>
        Check.One(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(2_000), Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), value =>
            string.Equals(Text(new RequestText().Add("a"u8, value.Get)), "a=" + Uri.EscapeDataString(value.Get), StringComparison.Ordinal)));

    [Theory]
    [InlineData("0.00001000", "0.00001")]
    [InlineData("64250.10", "64250.1")]
    [InlineData("100", "100")]
    [InlineData("100.000", "100")]
    [InlineData("0.0000000000000000000000000001", "0.0000000000000000000000000001")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    [InlineData("0.000", "0")]
    public void A_decimal_has_no_exponent_and_no_zeros_at_its_end(string value, string written) =>
        Assert.Equal("q=" + written, Text(new RequestText().Add("q"u8, decimal.Parse(value, CultureInfo.InvariantCulture))));

    [Fact]
    public void What_is_added_last_can_be_taken_back_and_signed_anew()
    {
        using var signer = new HmacSigner(TestKeys.Secret);
        var text = new RequestText().Add("symbol"u8, "BTCUSDT");
        var length = text.Length;
        text.Add("timestamp"u8, 1).Sign(signer);
        var first = Text(text);
        text.CutTo(length);
        text.Add("timestamp"u8, 2).Sign(signer);
        Assert.StartsWith("symbol=BTCUSDT&timestamp=2&signature=", Text(text), StringComparison.Ordinal);
        Assert.NotEqual(first[^64..], Text(text)[^64..], StringComparer.Ordinal);
    }

    [Fact]
    public void A_text_that_bears_a_signature_does_not_show_it()
    {
        using var signer = new HmacSigner(TestKeys.Secret);
        using var socketText = new SocketRequestText();
        var text = new RequestText();
        text.Sign(signer);
        socketText.Sign(signer);
        Assert.Equal(["***", "***", "***"], [text.ToString(), socketText.ToString(), signer.ToString()]);
    }

    [Fact]
    public void A_request_over_the_socket_is_whole_JSON_whatever_its_values_are()
    {
        using var signer = new HmacSigner(TestKeys.Secret);
        using var text = new SocketRequestText();
        for (var round = 0; round < 3; round++)
        {
            text.Clear();
            text.Add("symbol"u8, "币安\"人生\\USDT").Add("quantity"u8, 1.50m).Add("orderId"u8, -7).Sign(signer);
            using var frame = JsonDocument.Parse(text.Frame(round, "order.place"u8));
            Assert.Equal(round, frame.RootElement.GetProperty("id").GetInt32());
            Assert.Equal("order.place", frame.RootElement.GetProperty("method").GetString());
            var parameters = frame.RootElement.GetProperty("params");
            Assert.Equal("币安\"人生\\USDT", parameters.GetProperty("symbol").GetString());
            Assert.Equal("1.5", parameters.GetProperty("quantity").GetString());
            Assert.Equal(-7, parameters.GetProperty("orderId").GetInt32());
            Assert.Equal(64, parameters.GetProperty("signature").GetString()!.Length);
        }
    }

    [Fact]
    public void A_signed_order_costs_no_memory()
    {
        using var signer = new HmacSigner(TestKeys.Secret);
        using var socketText = new SocketRequestText();
        var text = new RequestText();
        // The runtime compiles anew what runs often, and may take memory for that once; what an order costs it costs each time.
        Assert.Equal(0, Enumerable.Range(0, 5).Min(_ => MemoryOfThousand()));

        long MemoryOfThousand()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1_000; i++) Write(text, socketText, signer, i);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private static void Write(RequestText text, SocketRequestText socketText, HmacSigner signer, int i)
    {
        text.Clear();
        text.Add("symbol"u8, "BTCUSDT").Add("side"u8, "BUY").Add("quantity"u8, 0.01500m).Add("price"u8, 64_250.10m + i).Add("timestamp"u8, 1_767_225_600_123 + i).Sign(signer);
        socketText.Clear();
        socketText.Add("symbol"u8, "BTCUSDT").Add("side"u8, "BUY").Add("quantity"u8, 0.01500m).Add("price"u8, 64_250.10m + i).Add("timestamp"u8, 1_767_225_600_123 + i).Sign(signer);
        _ = socketText.Frame(i, "order.place"u8);
    }

    private static string Text(RequestText text) => Encoding.ASCII.GetString(text.Bytes);
}
