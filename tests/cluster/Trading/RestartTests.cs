using OrleansTrader.Cluster.Tests.Parity;
using OrleansTrader.GrainInterfaces;
using OrleansTrader.GrainInterfaces.Views;
using OrleansTrader.Silo.Hosting;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Trading;

/// <summary>What a person sees is there again after a restart, also when the market brings no further bar.</summary>
public class RestartTests
{
    [Fact]
    public async Task After_the_end_of_the_market_a_restart_shows_the_same_symbols_and_the_same_course_of_equity()
    {
        var run = new ParityRun(Tapes.Take(700));
        var memory = new ThrowAwayState();
        var (symbols, before, history) = await RunToTheEndAsync(run, memory);
        var (symbolsAgain, after, historyAgain) = await RunToTheEndAsync(run, memory);

        Assert.Equal(Tapes.Take(700).Select(tape => (long)tape.Candles.Length), symbols.Select(symbol => symbol.Bars));
        Assert.Equal(symbols, symbolsAgain);
        Assert.Equal((before.StepTime, before.Figures, before.DayBegin), (after.StepTime, after.Figures, after.DayBegin));
        Assert.Equal(history.Equity, historyAgain.Equity);
        // More than 512 steps: every second one, and the latest.
        Assert.InRange(history.Equity.Length, 345, 352);
    }

    [Fact]
    public async Task A_market_without_a_symbol_that_is_held_is_refused_and_nothing_is_written()
    {
        var tapes = Tapes.Take(700);
        var run = new ParityRun(tapes);
        var memory = new ThrowAwayState();
        string held;
        long sequence;
        await using (var host = await run.StartAsync(memory))
        {
            while ((await host.Portfolio.ViewAsync()).Positions.IsEmpty) Assert.Equal(StepOutcome.Done, await host.Strategy.StepAsync());
            held = (await host.Portfolio.ViewAsync()).Positions[0].Symbol;
            sequence = (await host.Portfolio.ViewAsync()).Sequence;
        }

        var rest = new ParityRun([.. tapes.Where(tape => !string.Equals(tape.Rules.Symbol, held, StringComparison.Ordinal))]);
        var refused = await Assert.ThrowsAsync<AccountNotOpenException>(() => rest.StartAsync(memory));
        Assert.Contains($"has a position or an open order in {held}, which nothing would protect", refused.Message, StringComparison.Ordinal);
        Assert.Equal(sequence, (await memory.Journal.ReadAsync("replay", 1, TestContext.Current.CancellationToken).LastAsync(TestContext.Current.CancellationToken)).LastSequence);
    }

    private static async Task<(SymbolView[] Symbols, PortfolioView Portfolio, HistoryView History)> RunToTheEndAsync(ParityRun run, ThrowAwayState memory)
    {
        await using var host = await run.StartAsync(memory);
        await host.RunAsync();
        return (
            await Task.WhenAll(Tapes.Take(700).Select(tape => host.Symbol(tape.Rules.Symbol).ViewAsync())),
            await host.Portfolio.ViewAsync(),
            await host.Portfolio.HistoryAsync(0, 1_000));
    }
}
