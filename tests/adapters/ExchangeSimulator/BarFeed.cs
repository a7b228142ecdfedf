using System.Collections.Immutable;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Tests.ExchangeSimulator;

/// <summary>A market of a few minutes, written down by a test: the closes of its bars, each opening where the last one closed.</summary>
internal sealed class BarFeed(IReadOnlyList<SymbolRules> rules, IReadOnlyList<MarketStep> steps) : IMarketFeed
{
    public static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static SymbolRules Bitcoin { get; } = new("BTCUSDT", "BTC", "USDT", 0.01m, 0.00001m, 5);

    public static SymbolRules Coin { get; } = new("BNBUSDT", "BNB", "USDT", 0.01m, 0.001m, 5);

    public string Identity => "written down";

    public string Description => "bars of a test";

    public Interval Interval => Interval.OneMinute;

    public IReadOnlyList<SymbolRules> Symbols => rules;

    /// <summary>Bitcoin alone, at these prices one after the other, each a minute long.</summary>
    public static BarFeed Of(params double[] prices) => OfVolume(6.2, prices);

    /// <param name="volume">Of each minute; 31 trades share it.</param>
    public static BarFeed OfVolume(double volume, params double[] prices) =>
        new([Bitcoin], [.. Steps(prices.Select((close, i) => (i == 0 ? close : prices[i - 1], close)), volume)]);

    /// <summary>Bitcoin and the exchange's own coin, at one price each for an hour.</summary>
    public static BarFeed WithCoin(double bitcoin, double coin) =>
        new([Coin, Bitcoin], [.. Enumerable.Range(0, 60).Select(minute => new MarketStep(
            Start.AddMinutes(minute + 1),
            [new("BNBUSDT", Flat(minute, coin)), new("BTCUSDT", Flat(minute, bitcoin))]))]);

    public ValueTask<MarketStep?> NextAsync(DateTime time, CancellationToken cancellation) => new(steps.FirstOrDefault(step => step.Time > time));

    public ValueTask<IReadOnlyList<Candle>> HistoryAsync(string symbol, DateTime after, DateTime upTo, int most, CancellationToken cancellation) =>
        new(steps.Where(step => step.Time > after && step.Time <= upTo).Take(most).Select(step => step.Bars[0].Candle).ToArray());

    public bool HasEnded(DateTime time) => steps.Count == 0 || time >= steps[^1].Time;

    private static Candle Flat(int minute, double price) => new(Start.AddMinutes(minute), price, price, price, price, 31);

    private static IEnumerable<MarketStep> Steps(IEnumerable<(double Open, double Close)> bars, double volume)
    {
        var opens = Start;
        foreach (var (open, close) in bars)
        {
            var candle = new Candle(opens, open, Math.Max(open, close), Math.Min(open, close), close, volume);
            opens = opens.AddMinutes(1);
            yield return new MarketStep(opens, ImmutableArray.Create(new SymbolBar("BTCUSDT", candle)));
        }
    }
}
