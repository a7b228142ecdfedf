using System.Collections.Immutable;
using OrleansTrader.Cluster.Tests.Parity;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;
using OrleansTrader.Silo.Hosting;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Trading;

/// <summary>What the exchange lets the account's grains know beside bars and trades, wherever somebody looks at them from.</summary>
public class ExchangeNewsTests
{
    private readonly NewsFeed _feed = new(new TapeFeed(Interval.OneHour, Tapes.Take(50)));

    [Fact]
    public async Task Whether_anything_is_traded_and_sent_is_told_by_the_gateway()
    {
        await using var host = await TradingHost.StartAsync(_feed, new ThrowAwayState(), ParityRun.Thin, ParityRun.Greedy);
        var view = await host.Exchange.ViewAsync();
        Assert.Equal((false, ""), (view.IsHalted, view.Standstill));

        _feed.Halted = [.. _feed.Symbols.Skip(1).Select(rules => rules.Symbol)];
        Assert.False((await host.Exchange.ViewAsync()).IsHalted);
        _feed.Halted = [.. _feed.Symbols.Select(rules => rules.Symbol)];
        _feed.Standstill = "Nothing is sent until noon.";
        view = await host.Exchange.ViewAsync();
        Assert.Equal((true, "Nothing is sent until noon."), (view.IsHalted, view.Standstill));
        // What is the same compares as the same.
        Assert.Equal(view, await host.Exchange.ViewAsync());
    }

    [Fact]
    public async Task Rules_that_have_changed_are_a_notice_of_the_account_also_after_a_restart()
    {
        var memory = new ThrowAwayState();
        await using (await TradingHost.StartAsync(_feed, memory, ParityRun.Thin, ParityRun.Greedy))
        {
            // It has listed its symbols.
        }

        var before = _feed.Symbols[0];
        _feed.Symbols = [before with { TickSize = 5 * before.TickSize }, .. _feed.Symbols.Skip(1)];
        var expected = FormattableString.Invariant($"The exchange has changed the rules of {before.Symbol}: tick from {before.TickSize:0.########} to {5 * before.TickSize:0.########}. They hold for the orders to come.");
        for (var start = 1; start <= 2; start++)
        {
            await using var host = await TradingHost.StartAsync(_feed, memory, ParityRun.Thin, ParityRun.Greedy);
            var notice = Assert.Single((await host.Portfolio.HistoryAsync(0, 100)).Notices, notice => notice.Text.Contains("rules", StringComparison.Ordinal));
            Assert.Equal(("warning", expected), (notice.Level, notice.Text));
        }
    }

    private sealed class NewsFeed(TapeFeed tapes) : IMarketFeed
    {
        public ImmutableArray<string> Halted { get; set; } = [];

        public string? Standstill { get; set; }

        public string Identity => tapes.Identity;

        public string Description => tapes.Description;

        public Interval Interval => tapes.Interval;

        public IReadOnlyList<SymbolRules> Symbols { get; set; } = tapes.Symbols;

        public SymbolStatus StatusOf(string symbol) => Halted.Contains(symbol, StringComparer.Ordinal) ? SymbolStatus.Halted : SymbolStatus.Trading;

        public ValueTask<MarketStep?> NextAsync(DateTime time, CancellationToken cancellation) => tapes.NextAsync(time, cancellation);

        public ValueTask<IReadOnlyList<Candle>> HistoryAsync(string symbol, DateTime after, DateTime upTo, int most, CancellationToken cancellation) => tapes.HistoryAsync(symbol, after, upTo, most, cancellation);

        public bool HasEnded(DateTime time) => tapes.HasEnded(time);
    }
}
