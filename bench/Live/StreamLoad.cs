using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansTrader.Adapters.Binance;
using OrleansTrader.Adapters.Binance.Limits;
using OrleansTrader.Adapters.Binance.Streams;

namespace OrleansTrader.Bench.Live;

/// <summary>What one run of best prices over a socket of this machine came to.</summary>
/// <param name="PerSecond">Messages read.</param>
/// <param name="Cores">Processor time of both ends per second.</param>
/// <param name="Bytes">Allocated for each message, by both ends.</param>
/// <param name="LagP50">From the moment at which a message was handed to the socket until it was read, ms.</param>
/// <param name="LagP99">Likewise.</param>
internal readonly record struct LoadFigures(double PerSecond, double Cores, double Bytes, double LagP50, double LagP99);

/// <summary>Best prices of a thousand symbols over a real socket, through the connection that the service uses.</summary>
internal static class StreamLoad
{
    private static readonly string[] Symbols = [.. Enumerable.Range(0, 1_000).Select(number => $"S{number:000}USDT")];

    /// <param name="perSecond">Messages that are sent; 0 for as many as go.</param>
    public static async Task<LoadFigures> RunAsync(int count, int perSecond)
    {
        using var sender = new StreamSender(Symbols);
        using var gate = new RateGate(new RateLimitOptions(), TimeProvider.System);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var taker = new Taker(count);
        var sending = sender.SendAsync(count, perSecond, patience.Token);
        await using (var streams = new MarketStreams(taker, new BinanceOptions { StreamUrl = sender.Address }, new StreamOptions(), gate, TimeProvider.System, NullLogger.Instance))
        {
            streams.Subscribe(Symbols.Select(StreamName.BookTop));
            await taker.Warm.WaitAsync(patience.Token);
            await taker.All.WaitAsync(patience.Token);
        }

        await sending;
        return taker.FiguresBy(sender);
    }

    private sealed class Taker(int count) : Deaf
    {
        private readonly long[] _readAt = new long[count];
        private readonly TaskCompletionSource _warm = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private (long At, TimeSpan Cpu, long Bytes) _begin;
        private (long At, TimeSpan Cpu, long Bytes) _end;

        public Task Warm => _warm.Task;

        public Task All => _all.Task;

        /// <summary>The first fifth warms up.</summary>
        private int First => count / 5;

        public override void OnBookTop(StreamName stream, in BookTop top)
        {
            var place = StreamSender.PlaceOf(top.UpdateId);
            _readAt[place] = Stopwatch.GetTimestamp();
            if (place == First)
            {
                _begin = Now();
                _warm.SetResult();
            }

            if (place != count - 1) return;
            _end = Now();
            _all.SetResult();
        }

        public LoadFigures FiguresBy(StreamSender sender)
        {
            var seconds = Stopwatch.GetElapsedTime(_begin.At, _end.At).TotalSeconds;
            var lags = new List<double>(count);
            var block = 0;
            for (var place = First; place < count; place++)
            {
                while (sender.Blocks[block].LastMessage < place) block++;
                lags.Add(Stopwatch.GetElapsedTime(sender.Blocks[block].At, _readAt[place]).TotalMilliseconds);
            }

            lags.Sort();
            var read = count - 1 - First;
            return new LoadFigures(read / seconds, (_end.Cpu - _begin.Cpu).TotalSeconds / seconds, (double)(_end.Bytes - _begin.Bytes) / read, lags[lags.Count / 2], lags[(int)(lags.Count * 0.99)]);
        }

        private static (long At, TimeSpan Cpu, long Bytes) Now() => (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(precise: false));
    }
}
