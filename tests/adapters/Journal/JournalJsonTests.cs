using System.Text.Json;
using OrleansTrader.Adapters.Journal;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Regimes;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Adapters.Tests.Journal;

public sealed class JournalJsonTests
{
    [Fact]
    public void A_decision_comes_back_with_its_regime_and_the_version_of_the_rules_and_one_from_before_versions_with_none()
    {
        var signal = Signal.Flat(1) with { Regime = MarketRegime.TrendingDown, RegimeRules = 2 };
        var json = JsonSerializer.Serialize(new Decision(signal, 100, RefusalCode.None, [], []), JournalJson.LineOptions);
        Assert.Equal(signal, JsonSerializer.Deserialize<Decision>(json, JournalJson.LineOptions)!.Signal);

        const string Before = """{"Signal":{"Regime":"TrendingDown","Direction":"Flat","Confidence":1,"Stop":"NaN","Target":"NaN"},"Price":100,"Votes":[],"Checks":[]}""";
        Assert.Equal(signal with { RegimeRules = 0 }, JsonSerializer.Deserialize<Decision>(Before, JournalJson.LineOptions)!.Signal);
    }

    [Fact]
    public void What_was_written_before_stops_followed_and_fees_had_an_asset_means_what_it_meant()
    {
        const string Fill = """{"Kind":"Filled","Time":"2023-01-01T00:00:00Z","Symbol":"BTCUSDT","OrderId":1,"TradeId":1,"Quantity":2,"Price":100,"Fee":0.2,"IsLast":true,"Side":"Buy","Purpose":"Entry"}""";
        var fact = JsonSerializer.Deserialize<Fact>(Fill, JournalJson.LineOptions);
        Assert.Equal((FeeAsset.Quote, 0.2m, TimeSpan.Zero), (fact.FeeAsset, fact.FeeValue, fact.Unprotected));

        const string Held = """{"Symbol":"BTCUSDT","Rules":{"Symbol":"BTCUSDT","BaseAsset":"BTC","QuoteAsset":"USDT","TickSize":0.01,"StepSize":0.00001,"MinNotional":5},"Quantity":2,"Cost":200,"Stop":90,"Target":120,"ProtectionOrderId":7}""";
        var position = JsonSerializer.Deserialize<Position>(Held, JournalJson.StateOptions)!;
        Assert.Equal((PositionState.Protected, 0, default), (position.State, position.PartsTaken, position.UnprotectedSince));
        // Nor did rules say what one order at the market may have, and they are written as they were where none is known.
        var rules = new SymbolRules("BTCUSDT", "BTC", "USDT", 0.01m, 0.00001m, 5);
        Assert.Equal(rules, position.Rules);
        Assert.Equal("""{"Symbol":"BTCUSDT","BaseAsset":"BTC","QuoteAsset":"USDT","TickSize":0.01,"StepSize":0.00001,"MinNotional":5}""", JsonSerializer.Serialize(rules, JournalJson.LineOptions));
        var bounded = rules with { MostAtMarket = 110.5m };
        Assert.Equal(bounded, JsonSerializer.Deserialize<SymbolRules>(JsonSerializer.Serialize(bounded, JournalJson.LineOptions), JournalJson.LineOptions));

        const string Before = """{"Direction":"Hold","Confidence":0,"Stop":"NaN","Target":"NaN"}""";
        Assert.True(double.IsNaN(JsonSerializer.Deserialize<Signal>(Before, JournalJson.LineOptions).Trail));
    }

    [Fact]
    public void The_state_of_an_account_comes_back_with_its_zeros()
    {
        var state = new AccountState
        {
            Name = "paper",
            Market = "replay",
            Interval = Interval.OneHour,
            Sequence = 7,
            StepTime = Batches.Start,
            StepPhase = StepPhase.Decided,
            Run = RunState.Running,
            StartCash = 10_000,
            Cash = 9_000.10m,
            NextOrderId = 0,
            Positions = [new() { Symbol = "BTCUSDT", Rules = new("BTCUSDT", "BTC", "USDT", 0.01m, 0.00001m, 5), Quantity = 0.5m, Mark = double.NaN, Leaving = ExitReason.Stop }],
            Orders = [new() { Request = OrderRequest.Cancel(3, "BTCUSDT", OrderPurpose.Exit, Batches.Start), EndsAt = 0m, Status = OrderStatus.Accepted }, new() { EndsAt = null }],
            BookedTrades = [new(3, 9)],
            Equity = new() { Latest = 9_500, Peak = 10_000, MaxDrawdown = 0.05 },
        };

        var json = JsonSerializer.Serialize(state, JournalJson.StateOptions);
        var read = JsonSerializer.Deserialize<AccountState>(json, JournalJson.StateOptions)!;

        Assert.Equal(json, JsonSerializer.Serialize(read, JournalJson.StateOptions));
        Assert.Equal(state.Orders, read.Orders);
        Assert.Equal(state.Positions[0].Rules, read.Positions[0].Rules);
        Assert.Equal((0, "NaN", 0.05), (read.NextOrderId, JsonDocument.Parse(json).RootElement.GetProperty("Positions")[0].GetProperty("Mark").GetString(), read.Equity.MaxDrawdown));
        Assert.False(JsonDocument.Parse(json).RootElement.TryGetProperty(nameof(AccountState.EquityValue), out _));
    }
}
