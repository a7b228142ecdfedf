using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Rest;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Binance.Download;

/// <summary>Asks for past bars by REST within the limits: waits as the exchange says, and asks again after what may pass.</summary>
internal sealed class RestBars(MarketCalls market, DownloadOptions download, TimeProvider time, Action<string> warn)
{
    public const int UnknownSymbol = -1121;

    private const int MostRefusals = 20;

    private bool _knowsLimits;

    /// <summary>Why nothing more is asked; null as long as there is no reason.</summary>
    public BinanceError? Away { get; private set; }

    /// <summary>When the first bar opens that the exchange has from then on, UTC; null when it has none.</summary>
    public async Task<Answer<DateTime?>> FirstAsync(string symbol, Interval interval, DateTime from, CancellationToken cancellation)
    {
        if (!_knowsLimits && Away is null)
        {
            // With its own limits known, much more passes in a minute than with the lowest ever.
            _ = await market.ExchangeInfoAsync([symbol], cancellation);
            cancellation.ThrowIfCancellationRequested();
            _knowsLimits = true;
        }

        var answer = await AskAsync(symbol, interval, from, to: null, limit: 1, cancellation);
        return answer.TryGet(out var bars)
            ? new Answer<DateTime?>.Given(bars.Length > 0 ? bars[0].Candle.OpenTime : null)
            : new Answer<DateTime?>.Failed(answer.Error!);
    }

    /// <summary>The first bars of a time, as many as the exchange gives at once.</summary>
    public Task<Answer<Kline[]>> PageAsync(string symbol, Interval interval, Stretch stretch, CancellationToken cancellation)
    {
        var limit = (int)Math.Min(MarketCalls.MostKlines, (stretch.To - stretch.From).Ticks / interval.Length.Ticks);
        return AskAsync(symbol, interval, stretch.From, stretch.To - interval.Length, limit, cancellation);
    }

    private async Task<Answer<Kline[]>> AskAsync(string symbol, Interval interval, DateTime from, DateTime? to, int limit, CancellationToken cancellation)
    {
        for (int attempt = 1, refusals = 0; ;)
        {
            if (Away is { } away) return new Answer<Kline[]>.Failed(away);
            var answer = await market.KlinesAsync(symbol, interval, from, to, limit, cancellation);
            cancellation.ThrowIfCancellationRequested();
            if (answer.Error is not { } error) return answer;
            switch (error.Kind)
            {
                // The gate lets the next one through when the time that the exchange named is over.
                case BinanceErrorKind.TooManyRequests or BinanceErrorKind.Banned when ++refusals <= MostRefusals:
                    warn(error.Sentence);
                    break;
                case BinanceErrorKind.NoAnswer or BinanceErrorKind.ServerFailed or BinanceErrorKind.Unreadable or BinanceErrorKind.Unreachable or BinanceErrorKind.Overloaded when attempt < download.Attempts:
                    await Task.Delay(download.PauseAfter(attempt++), time, cancellation);
                    break;
                case BinanceErrorKind.Unreachable:
                    Away = error;
                    return answer;
                default:
                    return answer;
            }
        }
    }
}
