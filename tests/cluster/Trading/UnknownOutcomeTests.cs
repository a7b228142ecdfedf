using Microsoft.Extensions.DependencyInjection;
using OrleansTrader.Adapters.Paper;
using OrleansTrader.Cluster.Tests.Parity;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;
using OrleansTrader.Silo.Hosting;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Trading;

/// <summary>What the exchange could not answer is looked up, and nothing is lost or doubled by it.</summary>
public class UnknownOutcomeTests
{
    [Fact]
    public async Task Requests_without_an_answer_trade_as_those_with_one_when_they_can_be_looked_up()
    {
        var tapes = new TapeFeed(Interval.OneHour, Tapes.Take(400));
        var calm = new ThrowAwayState();
        await using (var host = await TradingHost.StartAsync(tapes, calm, ParityRun.Thin, ParityRun.Greedy)) await host.RunAsync();
        var expected = await FillsAsync(calm);
        Assert.True(expected.Count > 50, $"only {expected.Count} fills");

        for (var seed = 0; seed < 6; seed++)
        {
            var (memory, unknowns) = await RunAsync(tapes, seed, hidden: 0);
            Assert.True(unknowns > 20, $"only {unknowns} without an answer");
            Assert.Equal(expected, await FillsAsync(memory));
        }
    }

    [Fact]
    public async Task An_order_that_cannot_be_looked_up_for_long_is_not_sent_twice_and_its_trades_are_booked_once()
    {
        var tapes = new TapeFeed(Interval.OneHour, Tapes.Take(400));
        for (var seed = 0; seed < 6; seed++)
        {
            // The exchange throws when an order comes twice.
            var (memory, _) = await RunAsync(tapes, seed, hidden: 2);
            var facts = await TradingHost.FactsAsync(memory.Journal);
            Assert.Contains(facts, fact => fact.Kind == FactKind.OrderUnknown);
            Assert.DoesNotContain(facts, fact => fact is { Kind: FactKind.OrderRejected, Reason: RejectReason.DuplicateOrder or RejectReason.InsufficientBalance });
            Assert.Equal(facts.Count(fact => fact.Kind == FactKind.Filled), facts.Where(fact => fact.Kind == FactKind.Filled).Select(fact => fact.TradeId).Distinct().Count());
        }
    }

    private static async Task<(ThrowAwayState Memory, int Unknowns)> RunAsync(TapeFeed tapes, int seed, int hidden)
    {
        var memory = new ThrowAwayState();
        var exchange = new ForgetfulExchange(new PaperExchange(ParityRun.Thin, Interval.OneHour), new Random(seed), hidden);
        await using var host = await TradingHost.StartAsync(tapes, memory, ParityRun.Thin, ParityRun.Greedy, services: services => services.AddSingleton<IExchangeConnector>(exchange));
        await host.RunAsync();
        return (memory, exchange.Unknowns);
    }

    private static async Task<List<(DateTime Time, string? Symbol, OrderSide Side, decimal Quantity, decimal Price, decimal Fee)>> FillsAsync(ThrowAwayState memory) =>
        [.. (await TradingHost.FactsAsync(memory.Journal))
            .Where(fact => fact.Kind == FactKind.Filled)
            .Select(fact => (fact.Time, fact.Symbol, fact.Side, fact.Quantity, fact.Price, fact.Fee))
            .OrderBy(fill => fill.Time).ThenBy(fill => fill.Symbol, StringComparer.Ordinal).ThenBy(fill => fill.Side)];
}
