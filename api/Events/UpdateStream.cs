using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using OrleansTrader.Api.Endpoints;

namespace OrleansTrader.Api.Events;

/// <summary>Watches the account for one client and tells it what is new; a ping now and then shows that the line stands.</summary>
internal sealed class UpdateStream(Trading trading, TimeProvider time, IHostApplicationLifetime lifetime)
{
    private const int MostCandles = 200;
    private const int TicksBetweenPings = 10;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    /// <param name="after">The last fact that the client knows; null to begin with what comes from now on.</param>
    /// <param name="isAllowed">Whether the client may still look: a logout, another password or a revoked token ends the stream.</param>
    public async IAsyncEnumerable<SseItem<Update?>> ReadAsync(string symbol, long? after, Func<Task<bool>> isAllowed, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
        using var timer = new PeriodicTimer(Tick, time);
        var sequence = after ?? (await trading.Portfolio.ViewAsync()).Sequence;
        StatusAnswer? last = null;
        var quiet = 0;
        do
        {
            var portfolio = await trading.Portfolio.ViewAsync();
            // The status too: a strategy that fails or has come to the end of its market writes no fact about it.
            var status = await trading.StatusAsync(portfolio);
            if (status == last && portfolio.Sequence == sequence)
            {
                if (++quiet % TicksBetweenPings == 0) yield return new SseItem<Update?>(null, "ping");
                continue;
            }

            quiet = 0;
            var history = await trading.Portfolio.HistoryAsync(sequence, Problems.MostItems);
            var candles = (await trading.Symbol(symbol).CandlesAsync(MostCandles)).Candles;
            var lastStep = last?.StepTime ?? DateTime.MinValue;
            yield return new SseItem<Update?>(
                new Update(
                    status,
                    portfolio,
                    await trading.SymbolsAsync(),
                    [.. candles.Where(candle => trading.Service.Interval.CloseOf(candle.OpenTime) > lastStep)],
                    history.Fills,
                    history.Trades,
                    history.Decisions,
                    history.Notices,
                    history.Equity)
                {
                    Valuation = await trading.ValuationAsync(portfolio),
                },
                "update");
            last = status;
            sequence = history.Sequence;
        }
        while (await NextAsync(timer, ending.Token) && await isAllowed());
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
