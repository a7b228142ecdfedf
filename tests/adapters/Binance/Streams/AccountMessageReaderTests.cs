using System.Text;
using System.Text.Json;
using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Streams;
using OrleansTrader.Adapters.Binance.Streams.Account;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Tests.Binance.Streams;

public sealed class AccountMessageReaderTests
{
    private readonly HeardOfAccount _heard = new();
    private readonly AccountMessageReader _reader;

    public AccountMessageReaderTests() => _reader = new AccountMessageReader(_heard);

    [Fact]
    public void A_trade_is_read_by_names_that_differ_by_case_alone()
    {
        Assert.Equal(MessageKind.Data, Read(StreamJson.OrderTraded));
        var report = _heard.Of<OrderReport>().Single();
        Assert.Equal(("BTCUSDT", "cl-0005", "", OrderSide.Sell, BinanceOrderType.Limit), (report.Symbol, report.ClientOrderId, report.OrigClientOrderId, report.Side, report.Type));
        Assert.Equal((ExecutionType.Trade, BinanceOrderStatus.PartiallyFilled, TimeInForce.Gtc), (report.Execution, report.Status, report.TimeInForce));
        Assert.Equal((91_000_005L, 8_641_990L, 3_900_000_050L), (report.OrderId, report.ExecutionId, report.TradeId));
        Assert.Equal((0.5m, 64_300m, 0.2m, 64_300m, 0.2m, 12_860m), (report.Quantity, report.Price, report.LastQuantity, report.LastPrice, report.Executed, report.ExecutedQuote));
        Assert.Equal((12.86m, "USDT", true, true), (report.Commission, report.CommissionAsset, report.IsInBook, report.IsMaker));
        Assert.Equal(TimeSpan.FromMilliseconds(1), report.EventTime - report.TransactTime);
    }

    [Fact]
    public void Cancellation_expiry_and_prevention_say_what_they_are()
    {
        Read(StreamJson.OrderCanceled);
        Read(StreamJson.OrderExpired);
        Read(StreamJson.OrderPrevented);
        var reports = _heard.Of<OrderReport>();
        Assert.Equal(("cancel-0003", "cl-0003", ExecutionType.Canceled, null, -1L), (reports[0].ClientOrderId, reports[0].OrigClientOrderId, reports[0].Execution, reports[0].CommissionAsset, reports[0].TradeId));
        Assert.Equal((ExecutionType.Expired, BinanceOrderStatus.Expired, "OCO_TRIGGER", 5_001L), (reports[1].Execution, reports[1].Status, reports[1].ExpiryReason, reports[1].OrderListId));
        Assert.Equal((ExecutionType.TradePrevention, BinanceOrderStatus.ExpiredInMatch, 1.2m, 0m), (reports[2].Execution, reports[2].Status, reports[2].Prevented, reports[2].LastQuantity));
    }

    [Fact]
    public void Balances_are_what_there_is_and_transfers_what_changed()
    {
        Read(StreamJson.Balances);
        Read(StreamJson.BalanceMoved);
        Assert.Equal([new ReportedBalance("BTC", 0.514985m, 0.3m), new ReportedBalance("USDT", 21_883.3906m, 0)], _heard.Of<BalanceReport>().Single().Balances);
        Assert.Equal(("USDT", -250m), (_heard.Of<TransferReport>().Single().Asset, _heard.Of<TransferReport>().Single().Change));
    }

    [Fact]
    public void A_list_names_its_orders()
    {
        Read(StreamJson.ListDone);
        var list = _heard.Of<OrderListReport>().Single();
        Assert.Equal((5_001L, "OCO", OrderListStatus.AllDone, "list-1"), (list.OrderListId, list.ContingencyType, list.Status, list.ListClientOrderId));
        Assert.Equal([new ReportedOrder("BTCUSDT", 91_000_010, "oco-sl"), new ReportedOrder("BTCUSDT", 91_000_011, "oco-tp")], list.Orders);
    }

    [Theory]
    [InlineData(StreamJson.Terminated)]
    [InlineData("""{"event":{"e":"serverShutdown","E":1767225611000}}""")]
    public void An_end_is_told_with_and_without_a_subscription(string message) => Assert.Equal(MessageKind.Shutdown, Read(message));

    [Fact]
    public void Answers_bear_the_number_of_the_exchange_and_until_when_to_wait()
    {
        Assert.Equal(MessageKind.Reply, Read("""{"id":1,"status":200,"result":{"subscriptionId":0},"rateLimits":[{"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","intervalNum":1,"limit":6000,"count":4}]}"""));
        Assert.Equal(new StreamReply(1, 0, ""), _reader.Reply);
        Read("""{"id":9,"status":418,"error":{"code":-1003,"msg":"Way too much","data":{"serverTime":1767225610000,"retryAfter":1767229200000}}}""");
        Assert.Equal(new StreamReply(9, -1003, "Way too much", Status: 418, RetryAt: new DateTime(2026, 1, 1, 1, 0, 0, DateTimeKind.Utc)), _reader.Reply);
        Read("""{"id":null,"status":401,"error":{"code":-2015,"msg":"Invalid API-key"}}""");
        Assert.Equal(new StreamReply(-1, -2015, "Invalid API-key", Status: 401), _reader.Reply);
    }

    [Theory]
    [InlineData("\"soon\"")]
    [InlineData("null")]
    [InlineData("-1")]
    [InlineData("253402300800000")]
    public void A_ban_whose_end_cannot_be_read_is_a_ban(string until)
    {
        Assert.Equal(MessageKind.Reply, Read($$"""{"id":1,"status":418,"error":{"code":-1003,"msg":"Way too much","data":{"retryAfter":{{until}} } } }"""));
        Assert.Equal(new StreamReply(1, -1003, "Way too much", Status: 418), _reader.Reply);
    }

    [Theory]
    [InlineData("""{"subscriptionId":0,"event":{"e":"somethingNew"}}""")]
    [InlineData("[1]")]
    [InlineData("""{"a":1}""")]
    public void What_is_new_is_passed_over(string message) => Assert.Equal(MessageKind.Other, Read(message));

    [Fact]
    public void What_is_broken_is_said_to_be() => Assert.ThrowsAny<JsonException>(() => Read(StreamJson.OrderTraded[..200]));

    [Theory]
    [InlineData("""{"event":null}""")]
    [InlineData("""{"id":1.5,"status":200}""")]
    [InlineData("""{"id":1,"status":"401"}""")]
    [InlineData("""{"id":1,"status":400,"error":{"code":"-1","msg":"?"}}""")]
    public void So_is_what_has_the_wrong_form(string message) => Assert.ThrowsAny<JsonException>(() => Read(message));

    private MessageKind Read(string message) => _reader.Read(Encoding.UTF8.GetBytes(message));

    private sealed class HeardOfAccount : IAccountListener
    {
        private readonly List<object> _all = [];

        public IReadOnlyList<T> Of<T>() => [.. _all.OfType<T>()];

        public void OnOrder(OrderReport report) => _all.Add(report);

        public void OnOrderList(OrderListReport report) => _all.Add(report);

        public void OnBalances(BalanceReport report) => _all.Add(report);

        public void OnTransfer(TransferReport report) => _all.Add(report);

        public void OnSubscribed() => _all.Add("subscribed");

        public void OnLost() => _all.Add("lost");

        public void OnSilent(string why) => _all.Add(why);
    }
}
