using Microsoft.Extensions.DependencyInjection;
using OrleansTrader.Cluster.Tests.Trading;
using OrleansTrader.Core.Ports;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using OrleansTrader.GrainInterfaces;
using OrleansTrader.Silo.Hosting;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Parity;

/// <summary>What fails in the midst of a step is done again from the journal, and ends in the same account.</summary>
public class FailureTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Failing_writes_of_the_journal_change_nothing(int seed)
    {
        var run = new ParityRun(Tapes.Take(400));
        var memory = new ThrowAwayState();
        var journal = new FaultyJournal(memory.Journal, new Random(seed));
        await using var host = await run.StartAsync(memory, services => services.AddSingleton<IJournal>(journal));
        while (await host.Strategy.StepAsync() != StepOutcome.Ended)
        {
            // A step that failed is tried again.
        }

        Assert.True(journal.Failures > 10, $"only {journal.Failures} failures");
        await run.AssertSameAsync(memory, host);
    }

    [Fact]
    public async Task What_an_account_did_in_a_turn_that_broke_never_happened()
    {
        var run = new ParityRun(Tapes.Take(400));
        var memory = new ThrowAwayState();
        await using var host = await run.StartAsync(memory);
        var broken = new HashSet<DateTime>();
        while (await host.Strategy.StepAsync() != StepOutcome.Ended)
        {
            var state = await host.Portfolio.CopyStateAsync();
            // Once at a time: what breaks goes back to the latest bar that something was written about, and comes by again.
            if (state!.StepTime == default || state.StepTime.Ticks / TimeSpan.TicksPerHour % 50 != 0 || !broken.Add(state.StepTime)) continue;
            SymbolSignal Enter(string symbol) => new(symbol, 100, new Signal(Direction.Long, 1, double.NaN, double.NaN), []);
            var outcome = await host.Portfolio.DecideAsync(new DecisionInput(state.StepTime.AddHours(1), [Enter("BTCUSDT"), Enter("NONE")]));
            Assert.Equal(StepOutcome.Failed, outcome);
        }

        Assert.True(broken.Count > 5, $"only {broken.Count} turns broke");

        await run.AssertSameAsync(memory, host);
    }

    [Fact]
    public async Task An_account_whose_journal_fails_says_so_and_goes_on_once_that_is_mended()
    {
        var run = new ParityRun(Tapes.Take(400));
        var memory = new ThrowAwayState();
        var journal = new SwitchedJournal(memory.Journal);
        await using var host = await run.StartAsync(memory, services => services.AddSingleton<IJournal>(journal));
        await host.RunAsync(100);
        journal.IsOff = true;
        Assert.Equal(ControlOutcome.Failed, await host.Portfolio.SetRunStateAsync(RunState.Paused));
        Assert.Equal(StepOutcome.Failed, await StepUntilItFailsAsync(host));
        Assert.Equal(StepOutcome.Failed, await host.Strategy.StepAsync());
        Assert.Equal($"failing, and trying again: {SwitchedJournal.Problem}", (await host.Strategy.ViewAsync()).State);
        Assert.Null(await host.Portfolio.CopyStateAsync());
        Assert.Equal(SwitchedJournal.Problem, (await host.Portfolio.ViewAsync()).Problem);

        journal.IsOff = false;
        await host.RunAsync();
        Assert.Null((await host.Portfolio.ViewAsync()).Problem);
        await run.AssertSameAsync(memory, host);
    }

    [Fact]
    public async Task An_account_whose_journal_cannot_be_read_does_not_open()
    {
        var memory = new ThrowAwayState();
        var journal = new SwitchedJournal(memory.Journal) { IsOff = true };
        var failed = await Assert.ThrowsAsync<AccountNotOpenException>(() =>
            new ParityRun(Tapes.Take(50)).StartAsync(memory, services => services.AddSingleton<IJournal>(journal)));
        Assert.Equal(SwitchedJournal.Problem, failed.Message);
    }

    private static async Task<StepOutcome> StepUntilItFailsAsync(TradingHost host)
    {
        var outcome = StepOutcome.Done;
        while (outcome == StepOutcome.Done) outcome = await host.Strategy.StepAsync();
        return outcome;
    }
}
