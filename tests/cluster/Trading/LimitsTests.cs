using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using OrleansTrader.Cluster.Tests.Parity;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Matching;
using OrleansTrader.Core.Ports;
using OrleansTrader.Core.Risk;
using OrleansTrader.GrainInterfaces;
using OrleansTrader.Silo.Hosting;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Trading;

/// <summary>Limits in the service: set while it runs, and fed with what is known beside the bars.</summary>
public class LimitsTests
{
    [Fact]
    public async Task A_limit_that_is_set_while_it_runs_holds_and_outlives_a_restart()
    {
        var memory = new ThrowAwayState();
        var run = new ParityRun(Tapes.Take(700));
        RiskLimits expected;
        await using (var first = await run.StartAsync(memory))
        {
            await first.RunAsync(300);
            Assert.Equal(ParityRun.Greedy, await first.Portfolio.LimitsAsync());
            expected = ParityRun.Greedy with { MaxTradesPerDay = 1, MaxPositionShare = 0.1m };
            Assert.Equal((ControlOutcome.Done, 0), Told(await SetAsync(first, ("maxTradesPerDay", "1"), ("maxPositionShare", "0.1"))));
            Assert.Equal((ControlOutcome.Unchanged, 0), Told(await SetAsync(first, ("MaxTradesPerDay", "1"))));
            Assert.Equal((ControlOutcome.Failed, 1), Told(await SetAsync(first, ("MaxTradesPerDay", "-1"))));
            Assert.Equal(expected, await first.Portfolio.LimitsAsync());
        }

        await using var second = await run.StartAsync(memory);
        await second.RunAsync();
        Assert.Equal(expected, (await second.Portfolio.RiskAsync()).Limits);
        var change = Assert.Single(await second.Portfolio.LimitsHistoryAsync());
        Assert.Equal(LimitsOrigin.Owner, change.By);

        var facts = await TradingHost.FactsAsync(memory.Journal);
        var at = facts.FindIndex(fact => fact.Kind == FactKind.LimitsChanged);
        var entries = facts.Skip(at).Where(fact => fact is { Kind: FactKind.OrderCreated, Purpose: OrderPurpose.Entry }).ToList();
        Assert.True(entries.Count > 3, "too few entries to prove anything");
        Assert.Equal(entries.Count, entries.Select(entry => entry.Time.Date).Distinct().Count());
        Assert.Contains(facts.Take(at), fact => fact.Amount > 2_000 && fact.Purpose == OrderPurpose.Entry);
        Assert.All(entries, entry => Assert.InRange(entry.Amount, 10, 2_000));
    }

    [Fact]
    public async Task A_feed_that_has_stalled_is_not_traded_upon_and_positions_are_still_left()
    {
        var memory = new ThrowAwayState();
        var clock = new LaggingClock();
        var feed = new LiveFeed(new TapeFeed(Interval.OneHour, Tapes.Take(700)), clock);
        var limits = ParityRun.Greedy with { MaxDataAgeSeconds = 60 };
        await using var host = await TradingHost.StartAsync(feed, memory, ParityRun.Thin, limits, services: services => services.AddSingleton<TimeProvider>(clock));
        clock.Lag = TimeSpan.FromSeconds(60);
        while (!(await host.Portfolio.ViewAsync()).Positions.Any(position => position.Quantity > 0)) await host.RunAsync(1);

        clock.Lag = TimeSpan.FromSeconds(61);
        var stalled = (await host.Portfolio.CopyStateAsync())!.Sequence;
        await host.RunAsync();
        var facts = (await TradingHost.FactsAsync(memory.Journal)).Skip((int)stalled).ToList();
        Assert.DoesNotContain(facts, fact => fact is { Kind: FactKind.OrderCreated, Purpose: OrderPurpose.Entry });
        Assert.Contains(facts, fact => fact is { Kind: FactKind.EntryRefused, Refusal: RefusalCode.StaleData });
        Assert.Contains(facts, fact => fact.Kind == FactKind.PositionClosed);
    }

    [Fact]
    public async Task A_symbol_that_the_exchange_does_not_trade_is_not_bought()
    {
        var memory = new ThrowAwayState();
        var feed = new LiveFeed(new TapeFeed(Interval.OneHour, Tapes.Take(300)), new LaggingClock()) { Halted = "BTCUSDT" };
        await using var host = await TradingHost.StartAsync(feed, memory, ParityRun.Thin, ParityRun.Greedy);
        await host.RunAsync();
        var facts = await TradingHost.FactsAsync(memory.Journal);
        Assert.Contains(facts, fact => fact is { Kind: FactKind.EntryRefused, Refusal: RefusalCode.SymbolHalted, Symbol: "BTCUSDT" });
        Assert.All(facts.Where(fact => fact is { Kind: FactKind.OrderCreated, Purpose: OrderPurpose.Entry }), fact => Assert.False(string.Equals("BTCUSDT", fact.Symbol, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Nothing_is_bought_where_the_best_prices_lie_far_apart_or_too_little_is_offered()
    {
        var memory = new ThrowAwayState();
        var limits = ParityRun.Greedy with { MaxSpread = 0.001m, MinLiquidity = 1 };
        var feed = new LiveFeed(new TapeFeed(Interval.OneHour, Tapes.Take(300)), new LaggingClock())
        {
            Quotes =
            {
                ["BTCUSDT"] = new Quote(100, 1_000, 100.2, 1_000_000, TimeSpan.Zero),
                ["ETHUSDT"] = new Quote(100, 1_000, 100.05, 0.001, TimeSpan.Zero),
            },
        };
        await using var host = await TradingHost.StartAsync(feed, memory, ParityRun.Thin, limits);
        await host.RunAsync();
        var facts = await TradingHost.FactsAsync(memory.Journal);
        Assert.Contains(facts, fact => fact is { Kind: FactKind.EntryRefused, Refusal: RefusalCode.Spread, Symbol: "BTCUSDT" });
        Assert.Contains(facts, fact => fact is { Kind: FactKind.EntryRefused, Refusal: RefusalCode.Liquidity, Symbol: "ETHUSDT" });
        // Of the others nobody tells prices, and what is not known does not refuse.
        var bought = facts.Where(fact => fact is { Kind: FactKind.OrderCreated, Purpose: OrderPurpose.Entry }).ToList();
        Assert.NotEmpty(bought);
        Assert.All(bought, fact => Assert.Equal("SOLUSDT", fact.Symbol));
        var view = await host.Symbol("BTCUSDT").ViewAsync();
        Assert.Equal(feed.Quotes["BTCUSDT"], view.Quote);
    }

    private static Task<LimitsOutcome> SetAsync(TradingHost host, params (string Name, string Value)[] values) =>
        host.Portfolio.ChangeLimitsAsync(values.ToImmutableSortedDictionary(value => value.Name, value => value.Value, StringComparer.OrdinalIgnoreCase));

    private static (ControlOutcome Outcome, int Problems) Told(LimitsOutcome outcome) => (outcome.Outcome, outcome.Problems.Length);

    /// <summary>So long after the close of the latest bar that was brought.</summary>
    private sealed class LaggingClock : TimeProvider
    {
        public DateTime Close { get; set; } = DateTime.UnixEpoch;

        public TimeSpan Lag { get; set; }

        public override DateTimeOffset GetUtcNow() => new(DateTime.SpecifyKind(Close + Lag, DateTimeKind.Utc));
    }

    private sealed class LiveFeed(TapeFeed tapes, LaggingClock clock) : IMarketFeed
    {
        public string? Halted { get; init; }

        public Dictionary<string, Quote> Quotes { get; } = new(StringComparer.Ordinal);

        public string Identity => tapes.Identity;

        public string Description => tapes.Description;

        public Interval Interval => tapes.Interval;

        public IReadOnlyList<SymbolRules> Symbols => tapes.Symbols;

        public bool IsLive => true;

        public SymbolStatus StatusOf(string symbol) => string.Equals(symbol, Halted, StringComparison.Ordinal) ? SymbolStatus.Halted : SymbolStatus.Trading;

        public Quote QuoteOf(string symbol) => Quotes.GetValueOrDefault(symbol);

        public async ValueTask<MarketStep?> NextAsync(DateTime time, CancellationToken cancellation)
        {
            var step = await tapes.NextAsync(time, cancellation);
            if (step is not null) clock.Close = step.Time;
            return step;
        }

        public ValueTask<IReadOnlyList<Candle>> HistoryAsync(string symbol, DateTime after, DateTime upTo, int most, CancellationToken cancellation) => tapes.HistoryAsync(symbol, after, upTo, most, cancellation);

        public bool HasEnded(DateTime time) => tapes.HasEnded(time);
    }
}
