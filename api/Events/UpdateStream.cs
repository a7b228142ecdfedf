using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace OrleansTrader.Api.Events;

/// <summary>Watches the account for one client and tells it what is new; a ping now and then shows that the line stands.</summary>
internal sealed class UpdateStream(Trading trading, TimeProvider time, IHostApplicationLifetime lifetime)
{
    private const int MostCandles = 200;
    private const int MostItems = 100;
    private const int TicksBetweenPings = 20;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    public async IAsyncEnumerable<SseItem<Update?>> ReadAsync(string symbol, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
        using var timer = new PeriodicTimer(Tick, time);
        var sequence = (await trading.Portfolio.ViewAsync()).Sequence;
        var lastStep = DateTime.MinValue;
        var quiet = 0;
        do
        {
            var portfolio = await trading.Portfolio.ViewAsync();
            if (portfolio.StepTime == lastStep && portfolio.Sequence == sequence)
            {
                if (++quiet % TicksBetweenPings == 0) yield return new SseItem<Update?>(null, "ping");
                continue;
            }

            quiet = 0;
            var history = await trading.Portfolio.HistoryAsync(sequence, MostItems);
            var candles = (await trading.Symbol(symbol).CandlesAsync(MostCandles)).Candles;
            yield return new SseItem<Update?>(
                new Update(
                    await trading.StatusAsync(),
                    portfolio,
                    await trading.SymbolsAsync(),
                    [.. candles.Where(candle => trading.Service.Interval.CloseOf(candle.OpenTime) > lastStep)],
                    history.Fills,
                    history.Trades,
                    history.Decisions,
                    history.Notices,
                    history.Equity),
                "update");
            lastStep = portfolio.StepTime;
            sequence = history.Sequence;
        }
        while (await NextAsync(timer, ending.Token));
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken cancellation)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
