using OrleansTrader.Cluster.Tests.Parity;
using OrleansTrader.Cluster.Tests.Trading;
using OrleansTrader.Core.Backtesting;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Matching;
using OrleansTrader.Core.Risk;
using OrleansTrader.Silo.Hosting;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Service;

/// <summary>What may change about a market between two starts of the same account.</summary>
public class MarketBindingTests
{
    private readonly ThrowAwayState _memory = new();

    [Fact]
    public async Task An_account_goes_on_when_candles_and_symbols_are_added()
    {
        var all = Tapes.Take(600);
        await using (var first = await StartAsync([.. Tapes.Take(300).Take(1)])) await first.RunAsync();
        await using var second = await StartAsync(all);
        await second.RunAsync();

        var listed = (await second.Portfolio.CopyStateAsync())!.Positions.Select(position => position.Symbol);
        Assert.Equal(all.Select(tape => tape.Rules.Symbol).Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_account_does_not_go_on_without_a_symbol_that_it_is_invested_in()
    {
        var tapes = Tapes.Take(600);
        string invested;
        await using (var first = await StartAsync(tapes)) invested = await InvestAsync(first);
        var others = tapes.Where(tape => !string.Equals(tape.Rules.Symbol, invested, StringComparison.Ordinal)).ToArray();

        var refusal = await Assert.ThrowsAsync<AccountNotOpenException>(() => StartAsync(others));

        Assert.StartsWith($"Account replay has a position or an open order in {invested}, which nothing would protect", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_has_of_a_symbol_that_is_gone_is_handed_to_its_owner_when_he_says_so()
    {
        var tapes = Tapes.Take(600);
        string invested;
        decimal cash;
        await using (var first = await StartAsync(tapes))
        {
            invested = await InvestAsync(first);
            cash = (await first.Portfolio.ViewAsync()).Cash;
        }

        var others = tapes.Where(tape => !string.Equals(tape.Rules.Symbol, invested, StringComparison.Ordinal)).ToArray();
        await using var second = await StartAsync(others, invested);
        var left = await second.Portfolio.ViewAsync();
        Assert.Equal((cash, 0, 0), (left.Cash, left.Positions.Length, left.Orders.Length));
        // With the others it goes on.
        Assert.NotEqual(invested, await InvestAsync(second), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_symbol_that_nothing_is_invested_in_may_go()
    {
        var tapes = Tapes.Take(600);
        string invested;
        await using (var first = await StartAsync(tapes)) invested = await InvestAsync(first);

        await using var second = await StartAsync([.. tapes.Where(tape => string.Equals(tape.Rules.Symbol, invested, StringComparison.Ordinal))]);
        await second.RunAsync();
    }

    private Task<TradingHost> StartAsync(IReadOnlyList<SymbolTape> tapes, string handOver = "") =>
        TradingHost.StartAsync(new TapeFeed(Interval.OneHour, tapes), _memory, new MatchingOptions(), new RiskLimits { MaxOpenPositions = 1 }, handOver: handOver);

    /// <summary>Trades until there is a position, and says in what.</summary>
    private static async Task<string> InvestAsync(TradingHost host)
    {
        for (var step = 0; step < 600; step++)
        {
            await host.RunAsync(steps: 1);
            if ((await host.Portfolio.ViewAsync()).Positions is [{ } only]) return only.Symbol;
        }

        throw new InvalidOperationException("the tapes bring no position");
    }
}
