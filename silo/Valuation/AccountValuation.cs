using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Silo.Valuation;

/// <summary>Tells what the account's currency is worth in another one, by the bars of a symbol of its market.</summary>
/// <param name="pair">Null where nobody asked for another currency.</param>
public sealed class AccountValuation(IMarketFeed feed, CurrencyPair? pair)
{
    /// <summary>A close that is older tells nothing of now.</summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(1);

    /// <summary>The rate at the latest close that is not later than the time; null where nobody asked for another currency.</summary>
    /// <param name="time">Close of the account's latest step, UTC; the default value before the first, when there is no rate yet.</param>
    public async Task<CurrencyRate?> AtAsync(DateTime time, CancellationToken cancellation = default)
    {
        if (pair is null) return null;
        if (time == default) return new CurrencyRate(pair, Price: null, Time: null);
        var last = await LastAsync(time - feed.Interval.Length, time, cancellation) ?? await LastAsync(time - Oldest, time, cancellation);
        return last is { } candle && pair.PriceOf(candle.Close) is { } price
            ? new CurrencyRate(pair, price, feed.Interval.CloseOf(candle.OpenTime))
            : new CurrencyRate(pair, Price: null, Time: null);
    }

    private async Task<Candle?> LastAsync(DateTime after, DateTime upTo, CancellationToken cancellation)
    {
        var candles = await feed.HistoryAsync(pair!.Rules.Symbol, after, upTo, int.MaxValue, cancellation);
        return candles.Count == 0 ? null : candles[^1];
    }
}
