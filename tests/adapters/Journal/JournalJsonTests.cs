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
