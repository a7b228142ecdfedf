using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Cluster.Tests.Parity;
using OrleansTrader.Core.Ports;
using OrleansTrader.Core.Risk;
using OrleansTrader.GrainInterfaces;
using OrleansTrader.Silo.Hosting;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Trading;

/// <summary>While the journal takes its time over a turn, nobody learns what the account did in it.</summary>
public class UnwrittenTurnTests
{
    private const string Problem = "The disk went while the turn was being written.";

    [Fact]
    public async Task What_a_turn_did_is_told_once_the_journal_has_it()
    {
        var (memory, journal, host) = await StartAsync();
        await using var end = host;
        var before = await host.Portfolio.ViewAsync();

        journal.Write = new TaskCompletionSource();
        var pause = host.Portfolio.SetRunStateAsync(RunState.Paused);
        var limits = host.Portfolio.ChangeLimitsAsync(ImmutableSortedDictionary<string, string>.Empty.Add("maxDrawdown", "0.2"));
        await journal.Begun.Task;
        var look = host.Portfolio.ViewAsync();
        Task[] looks = [look, host.Portfolio.RiskAsync(), host.Portfolio.LimitsHistoryAsync()];
        // What does not depend on the turn is told at once, and so would these be.
        Assert.Equal(before.Sequence, (await host.Portfolio.HistoryAsync(0, 1)).Sequence);
        Assert.DoesNotContain(looks, task => task.IsCompleted);
        Assert.Equal(before.Sequence, (await TradingHost.FactsAsync(memory.Journal)).Count);

        journal.Write.SetResult();
        await Task.WhenAll(looks);
        Assert.Equal(before.Sequence + 1, (await look).Sequence);
        Assert.Equal(ControlOutcome.Done, await pause);
        Assert.Equal(ControlOutcome.Done, (await limits).Outcome);
        Assert.Single(await host.Portfolio.LimitsHistoryAsync());
    }

    [Fact]
    public async Task A_turn_that_the_journal_does_not_take_is_told_with_the_reason()
    {
        var (_, journal, host) = await StartAsync();
        await using var end = host;
        var before = await host.Portfolio.ViewAsync();

        journal.Write = new TaskCompletionSource();
        var pause = host.Portfolio.SetRunStateAsync(RunState.Paused);
        await journal.Begun.Task;
        var look = host.Portfolio.ViewAsync();
        journal.Write.SetException(new StateFolderException(Problem));
        Assert.Equal(Problem, (await look).Problem);
        Assert.Equal(ControlOutcome.Failed, await pause);

        // The next one begins with the journal, which knows nothing of it.
        journal.Write = null;
        var after = await host.Portfolio.ViewAsync();
        Assert.Equal((before.Sequence, before.Run, null), (after.Sequence, after.Run, after.Problem));
    }

    private static async Task<(ThrowAwayState Memory, SlowJournal Journal, TradingHost Host)> StartAsync()
    {
        var memory = new ThrowAwayState();
        var journal = new SlowJournal(memory.Journal);
        var host = await new ParityRun(Tapes.Take(50)).StartAsync(memory, services => services.AddSingleton<IJournal>(journal));
        await host.RunAsync(10);
        return (memory, journal, host);
    }

    /// <summary>Writes when the test lets it.</summary>
    private sealed class SlowJournal(IJournal journal) : IJournal
    {
        /// <summary>Null for at once.</summary>
        public TaskCompletionSource? Write { get; set; }

        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async ValueTask AppendAsync(string account, JournalBatch batch, CancellationToken cancellation)
        {
            if (Write is { } write)
            {
                Begun.TrySetResult();
                await write.Task;
            }

            await journal.AppendAsync(account, batch, cancellation);
        }

        public IAsyncEnumerable<JournalBatch> ReadAsync(string account, long fromSequence, CancellationToken cancellation) =>
            journal.ReadAsync(account, fromSequence, cancellation);
    }
}
