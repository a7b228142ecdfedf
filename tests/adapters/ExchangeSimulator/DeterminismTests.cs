using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OrleansTrader.Adapters.Feeds;
using OrleansTrader.Core.Market;
using OrleansTrader.ExchangeSimulator;
using OrleansTrader.ExchangeSimulator.Api;
using OrleansTrader.ExchangeSimulator.Streams;
using Interval = OrleansTrader.Core.Market.Interval;

namespace OrleansTrader.Adapters.Tests.ExchangeSimulator;

/// <summary>The exchange without a network: one seed and one clock give one story, and no story makes or loses money.</summary>
public class DeterminismTests
{
    [Fact]
    public void The_same_seed_tells_the_same_story_and_another_one_another()
    {
        var story = Story(seed: 5);
        foreach (var part in (string[])["\"x\":\"TRADE\"", "OCO_TRIGGER", "OTO_PHASE_ONE_EXPIRED", "PENDING_NEW", "UNFILLED_IOC", "\"m\":true", "-1007", "-2010", "CANCELED"]) Assert.Contains(part, story, StringComparison.Ordinal);
        Assert.Equal(story, Story(seed: 5));
        Assert.NotEqual(Story(seed: 5), Story(seed: 6), StringComparer.Ordinal);
    }

    [Fact]
    public void No_order_makes_or_loses_money() => Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => Story(seed, hasFaults: false).Length > 0).QuickCheckThrowOnFailure();

    /// <summary>Trades at random for two hours of an invented market and writes down all that is heard.</summary>
    private static string Story(int seed, bool hasFaults = true)
    {
        var random = new Random(seed);
        var time = new ManualTime(SyntheticMarket.Epoch.AddDays(7));
        var options = Visitor.Options();
        options.Seed = seed;
        options.Market.HistoryBars = 100;
        options.Accounts[0].Balances["ETH"] = 5;
        if (hasFaults) (options.Faults.TimeoutAfter, options.Faults.Events.Lost, options.Faults.PartialFills) = (0.1, 0.1, 0.1);
        var exchange = new SimulatedExchange(options, new SyntheticFeed(seed, Interval.OneMinute, ["BTCUSDT", "ETHUSDT"]), time);
        var story = new Notebook(new StringBuilder());
        var (session, _) = exchange.Connect("/ws-api/v3", "", "127.0.0.1", story);
        session!.Receive(Subscription(time));
        for (var i = 0; i < 150; i++)
        {
            time.Pass(TimeSpan.FromSeconds(random.Next(1, 90)));
            var request = Asked(random, time, exchange);
            var reply = exchange.Answer(request, exchange.Draw(request));
            story.Text.AppendLine(CultureInfo.InvariantCulture, $"{reply.Status} {Encoding.UTF8.GetString(reply.Body)}");
            MoneyAddsUp(exchange);
        }

        return story.Text.ToString();
    }

    /// <summary>What an account owns is what it brought and what its trades moved, less fees; what is locked is what open orders need.</summary>
    private static void MoneyAddsUp(SimulatedExchange exchange)
    {
        var account = exchange.Floor.Accounts[0];
        var owned = new Dictionary<string, decimal>(account.Options.Balances, StringComparer.Ordinal);
        var orders = exchange.Floor.Register.Orders.ToArray();
        foreach (var order in orders)
        {
            var (rules, sign) = (order.Market.Rules, order.Side == OrderSide.Buy ? 1 : -1);
            foreach (var fill in order.Fills)
            {
                owned[rules.BaseAsset] += sign * fill.Quantity;
                owned[rules.QuoteAsset] -= sign * fill.Quantity * fill.Price;
                owned[fill.CommissionAsset] -= fill.Commission;
            }

            Assert.Equal(order.Executed, order.Fills.Sum(fill => fill.Quantity));
            Assert.Equal(order.ExecutedValue, order.Fills.Sum(fill => fill.Quantity * fill.Price));
            Assert.True(order.Remaining >= 0, $"Order {order.Id} traded more than was asked.");
        }

        foreach (var (asset, amount) in owned)
        {
            var balance = account.Of(asset);
            Assert.Equal(amount, balance.Free + balance.Locked);
            Assert.True(balance is { Free: >= 0, Locked: >= 0 }, $"{asset}: {balance.Free} free, {balance.Locked} locked.");
            var needed = orders.Where(order => order.IsOpen && string.Equals(order.Hold?.Asset, asset, StringComparison.Ordinal)).Select(order => order.Hold!).Distinct().Sum(hold => hold.Amount);
            Assert.Equal(needed, balance.Locked);
        }
    }

    private static RestRequest Asked(Random random, ManualTime time, SimulatedExchange exchange)
    {
        var market = random.Next(2) == 0 ? exchange.Floor.Markets["BTCUSDT"] : exchange.Floor.Markets["ETHUSDT"];
        var rules = market.Rules;
        var last = (double)market.Last;
        var side = random.Next(2) == 0 ? "BUY" : "SELL";
        var quantity = rules.FloorToStep((decimal)(random.Next(20, 2000) / last));
        string Price(double offset) => rules.RoundToTick(last * (1 + (offset / 100))).ToString(CultureInfo.InvariantCulture);
        var near = random.NextDouble() - 0.5;
        var size = string.Create(CultureInfo.InvariantCulture, $"&quantity={quantity}");
        var (verb, path, query) = random.Next(9) switch
        {
            0 => ("POST", "order", $"&side={side}&type=MARKET{size}"),
            1 => ("POST", "order", $"&side={side}&type=MARKET&quoteOrderQty={random.Next(10, 500)}"),
            2 => ("POST", "order", $"&side={side}&type=LIMIT&timeInForce={(random.Next(3) == 0 ? "IOC" : "GTC")}{size}&price={Price(near)}"),
            3 => ("POST", "order", $"&side={side}&type=LIMIT_MAKER{size}&price={Price(near)}"),
            4 => ("POST", "order", $"&side={side}&type=STOP_LOSS{size}&stopPrice={Price(side is "BUY" ? 0.2 : -0.2)}"),
            5 => ("POST", "orderList/oco", $"&side={side}{size}&aboveType={(side is "SELL" ? "LIMIT_MAKER" : "STOP_LOSS")}&above{(side is "SELL" ? "Price" : "StopPrice")}={Price(0.2)}&belowType={(side is "SELL" ? "STOP_LOSS" : "LIMIT_MAKER")}&below{(side is "SELL" ? "StopPrice" : "Price")}={Price(-0.2)}"),
            6 => ("POST", "orderList/otoco", $"&workingType=LIMIT&workingSide=BUY&workingPrice={Price(near / 2)}&workingQuantity={quantity}&workingTimeInForce={(random.Next(2) == 0 ? "IOC" : "GTC")}&pendingSide=SELL&pendingQuantity={rules.FloorToStep(quantity * 0.99m)}&pendingAboveType=LIMIT_MAKER&pendingAbovePrice={Price(0.5)}&pendingBelowType=STOP_LOSS&pendingBelowStopPrice={Price(-0.5)}"),
            7 => ("DELETE", "order", $"&orderId={exchange.Floor.Register.OpenOf(exchange.Floor.Accounts[0], market).FirstOrDefault()?.Id ?? 1}"),
            _ => ("GET", "allOrders", ""),
        };
        var payload = $"symbol={rules.Symbol}{query}&timestamp={Visitor.Milliseconds(time.Now)}";
        return new RestRequest(verb, $"/api/v3/{path}", Visitor.Sign(payload), ApiKey: Visitor.ApiKey);
    }

    private static string Subscription(ManualTime time)
    {
        var payload = $"apiKey={Visitor.ApiKey}&timestamp={Visitor.Milliseconds(time.Now)}";
        return $$$"""{"id":1,"method":"userDataStream.subscribe.signature","params":{"apiKey":"{{{Visitor.ApiKey}}}","timestamp":{{{Visitor.Milliseconds(time.Now)}}},"signature":"{{{Visitor.Signature(payload)}}}"}}""";
    }

    private sealed class Notebook(StringBuilder text) : IClientLine
    {
        public StringBuilder Text => text;

        public void Send(byte[] message, TimeSpan delay) => text.AppendLine(Encoding.UTF8.GetString(message));

        public void Close(int code, string reason) => text.AppendLine(CultureInfo.InvariantCulture, $"closed {code}");
    }
}
