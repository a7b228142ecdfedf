using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Grains;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Trading;

/// <summary>How an account is shown.</summary>
public class AccountViewsTests
{
    [Fact]
    public void Dust_has_neither_stop_nor_target_whatever_an_entry_that_came_to_nothing_was_to_have()
    {
        var state = new AccountState { Name = "paper" };
        state.Positions.Add(new Position { Symbol = "BTCUSDT", Rules = new SymbolRules("BTCUSDT", "BTC", "USDT", 0.01m, 0.00001m, 5), Dust = 0.00009m, DustCost = 4, Stop = 39_056.83m, Target = 39_569.32m });
        var dust = Assert.Single(AccountViews.ViewOf(state, dayBegin: null).Positions);
        Assert.Equal(("dust", 0.00009m, 0m, 0m), (dust.State, dust.Quantity, dust.Stop, dust.Target));
    }
}
