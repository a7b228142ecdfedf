using System.ComponentModel.DataAnnotations;
using System.Text;
using Microsoft.Extensions.Configuration;
using OrleansTrader.ExchangeSimulator;
using OrleansTrader.ExchangeSimulator.Markets;
using OrleansTrader.ExchangeSimulator.Orders;

namespace OrleansTrader.Adapters.Tests.ExchangeSimulator;

public class SettingsTests
{
    private const string File = """
        {"ExchangeSimulator":{"Seed":9,"Speed":60,"Market":{"Path":"ByClose","Levels":5},
         "Filters":{"BTCUSDT":{"TickSize":0.5,"MaxOrders":7}},
         "Accounts":[{"Name":"first","Keys":[{"ApiKey":"k","Secret":"s","AllowedIps":["10.0.0.1"]}],"Balances":{"USDT":100},"Standard":{"Taker":0.002}}],
         "Limits":{"RequestWeight":50,"FirstBan":"00:05:00"},
         "Assumptions":{"DefaultSelfTrade":"ExpireTaker","CommissionRounding":"AwayFromZero"},
         "Faults":{"DropAfter":0.05,"Operations":["order."],"Events":{"Lost":0.1}}}}
        """;

    [Fact]
    public void Settings_come_from_a_file()
    {
        var options = Read(File);

        Assert.Equal((9L, 60.0, BarPath.ByClose, 5), (options.Seed, options.Speed, options.Market.Path, options.Market.Levels));
        Assert.Equal((0.5m, 7, 5m), (options.Filters["BTCUSDT"].TickSize, options.Filters["BTCUSDT"].MaxOrders, options.Filters["BTCUSDT"].MinNotional));
        var account = Assert.Single(options.Accounts);
        Assert.Equal(("first", "k", "10.0.0.1", 100m, 0.002m, 0.001m), (account.Name, account.Keys[0].ApiKey, account.Keys[0].AllowedIps[0], account.Balances["USDT"], account.Standard.Taker, account.Standard.Maker));
        Assert.Equal((50, TimeSpan.FromMinutes(5)), (options.Limits.RequestWeight, options.Limits.FirstBan));
        Assert.Equal((SelfTradePrevention.ExpireTaker, MidpointRounding.AwayFromZero), (options.Assumptions.DefaultSelfTrade, options.Assumptions.CommissionRounding));
        Assert.Equal((0.05, "order.", 0.1), (options.Faults.DropAfter, options.Faults.Operations[0], options.Faults.Events.Lost));
    }

    [Theory]
    [InlineData("""{"ExchangeSimulator":{"Faults":{"Events":{"Lost":2}}}}""", "ExchangeSimulator:Faults:Events:Lost is '2'. The field Lost must be between 0 and 1.")]
    [InlineData("""{"ExchangeSimulator":{"Accounts":[{"Name":"x","Keys":[{"Secret":"s"}]}]}}""", "ExchangeSimulator:Accounts:0:Keys:0:ApiKey is ''. The ApiKey field is required.")]
    public void A_setting_that_is_wrong_stops_the_start_with_its_name(string file, string message)
    {
        var wrong = Assert.Throws<ValidationException>(() => new SimulatedExchange(Read(file), BarFeed.Of(64250), new ManualTime(BarFeed.Start)));

        Assert.Equal(message, wrong.Message);
    }

    private static SimulatorOptions Read(string json)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        var options = new SimulatorOptions();
        new ConfigurationBuilder().AddJsonStream(stream).Build().GetSection(SimulatorOptions.Section).Bind(options);
        return options;
    }
}
