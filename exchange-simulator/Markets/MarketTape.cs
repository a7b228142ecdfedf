using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.ExchangeSimulator.Markets;

/// <summary>
/// The bars of a feed as ticks on the exchange's clock. Bars are moved by whole weeks, so that what was recorded long ago is played
/// now and days begin at midnight; where a recording is too short for that, by whole bars, so that it begins now.
/// </summary>
/// <remarks>The feed has its bars at hand, as recorded and invented markets have; one that waits for the world cannot be played.</remarks>
internal sealed class MarketTape
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private readonly IMarketFeed _feed;
    private readonly BarWalk _walk;
    private readonly Dictionary<string, decimal> _closes = new(StringComparer.Ordinal);
    private readonly List<(SymbolRules Rules, MarketTick Tick)> _ticks = [];
    private readonly Dictionary<string, SymbolRules> _rules;
    private DateTime _read;
    private int _next;

    public MarketTape(IMarketFeed feed, MarketOptions options, DateTime start)
    {
        _feed = feed;
        _walk = new BarWalk(options, feed.Interval);
        _rules = feed.Symbols.ToDictionary(rules => rules.Symbol, StringComparer.Ordinal);
        var first = Next(DateTime.MinValue.ToUniversalTime())
            ?? throw new InvalidOperationException("The market has no bars.");
        var opens = first.Time - feed.Interval.Length;
        var history = feed.Interval.Length * options.HistoryBars;
        var from = options.From is { } named ? DateTime.SpecifyKind(named, DateTimeKind.Utc) : opens + history;
        if (options.From is null && Next(from) is null) from = opens;
        Shift = Whole(start - from, Week);
        if (Next(start - Shift) is null) Shift = Whole(start - from, feed.Interval.Length);
        _read = start - Shift - history > opens ? start - Shift - history : opens;
    }

    /// <summary>How much later a bar is played than it is dated.</summary>
    public TimeSpan Shift { get; }

    /// <summary>True when there is not one bar left.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>The next tick of the market, in order of time, if its time has come.</summary>
    public bool TryTake(DateTime now, out SymbolRules rules, out MarketTick tick)
    {
        if (_next == _ticks.Count) Read(now);
        if (_next == _ticks.Count || _ticks[_next].Tick.Time > now)
        {
            (rules, tick) = (null!, default);
            return false;
        }

        (rules, tick) = _ticks[_next++];
        return true;
    }

    /// <summary>Rounded down, since with a shift that ends after the start a part of the history would be missing.</summary>
    private static TimeSpan Whole(TimeSpan time, TimeSpan unit) => unit * Math.Floor(time / unit);

    private void Read(DateTime now)
    {
        if (HasEnded || _read + Shift > now) return;
        _ticks.Clear();
        _next = 0;
        if (Next(_read) is not { } step)
        {
            HasEnded = _feed.HasEnded(_read);
            return;
        }

        _read = step.Time;
        foreach (var bar in step.Bars)
        {
            var opensAt = bar.Candle.OpenTime + Shift;
            foreach (var tick in _walk.Ticks(_rules[bar.Symbol], bar.Candle, opensAt, _closes.GetValueOrDefault(bar.Symbol)))
            {
                _ticks.Add((_rules[bar.Symbol], tick));
                _closes[bar.Symbol] = tick.Price;
            }
        }

        // The symbols keep their order within a moment: this way of sorting does not swap equals.
        var ordered = _ticks.OrderBy(entry => entry.Tick.Time).ToArray();
        _ticks.Clear();
        _ticks.AddRange(ordered);
    }

    private MarketStep? Next(DateTime after)
    {
        var pending = _feed.NextAsync(after, CancellationToken.None);
        return pending.IsCompletedSuccessfully
            ? pending.Result
            : throw new NotSupportedException($"The exchange plays markets that are at hand; this one waits: {_feed.Description}.");
    }
}
