using OrleansTrader.Cluster.Tests.Parity;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;
using OrleansTrader.GrainInterfaces;
using OrleansTrader.Silo.Hosting;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Trading;

/// <summary>Pausing and stopping hold at once, not only for the next signal.</summary>
public class RunStateTests
{
    [Theory]
    [InlineData(RunState.Paused)]
    [InlineData(RunState.Stopped)]
    public async Task An_entry_that_fills_in_parts_buys_nothing_more_once_the_account_is_halted(RunState halt)
    {
        var memory = new ThrowAwayState();
        await using var host = await new ParityRun(Tapes.Take(400)).StartAsync(memory);
        var steps = 0;
        while (!(await host.Portfolio.ViewAsync()).Orders.Any(order => order is { Purpose: OrderPurpose.Entry, Traded: > 0 }))
        {
            await host.RunAsync(1);
            Assert.True(++steps < 400, "no entry filled in parts");
        }

        Assert.Equal(ControlOutcome.Done, await host.Portfolio.SetRunStateAsync(halt));
        Assert.Equal(StepOutcome.Done, await host.Exchange.SettledAsync());
        Assert.DoesNotContain((await host.Portfolio.ViewAsync()).Orders, order => order.Purpose == OrderPurpose.Entry);
        Assert.Equal(0, (await host.Portfolio.ViewAsync()).Reserved);

        await host.RunAsync();
        var facts = await TradingHost.FactsAsync(memory.Journal);
        var afterwards = facts[facts.FindIndex(fact => fact.Kind == FactKind.RunStateChanged)..];
        Assert.DoesNotContain(afterwards, fact => fact is { Kind: FactKind.OrderCreated or FactKind.Filled, Purpose: OrderPurpose.Entry });
        var position = Assert.Single((await host.Portfolio.CopyStateAsync())!.Positions, position => string.Equals(position.Symbol, afterwards[1].Symbol, StringComparison.Ordinal));
        Assert.False(position.IsExposed);
    }
}
