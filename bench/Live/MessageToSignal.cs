using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using OrleansTrader.Adapters.Binance.Streams;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Bench.Live;

/// <summary>From the bytes of the message that closes a bar to the verdict of a strategy upon it, as in the service: regime and votes included.</summary>
internal static class MessageToSignal
{
    private const int WarmUp = 20_000;

    /// <summary>Messages that close one bar after the other.</summary>
    public static byte[][] Messages(int count) => [.. RandomWalk.Bars(count, seed: 11).Select(Message)];

    /// <param name="strategy">Null to read only.</param>
    public static Latency Measure(byte[][] messages, IStrategy? strategy)
    {
        var judge = new Judge(strategy);
        var reader = new MarketMessageReader(judge, TimeProvider.System);
        reader.Add(StreamName.Kline("BTCUSDT", Interval.OneMinute));
        foreach (var message in messages.AsSpan(0, WarmUp)) reader.Read(message);
        var measured = messages.AsSpan(WarmUp);
        var ticks = new long[measured.Length];
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < ticks.Length; i++)
        {
            var begin = Stopwatch.GetTimestamp();
            reader.Read(measured[i]);
            ticks[i] = Stopwatch.GetTimestamp() - begin;
        }

        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        return judge.Bars == messages.Length ? Latency.Of(ticks, bytes) : throw new InvalidOperationException("A message was not read.");
    }

    /// <summary>The yardstick: the framework's reader goes through the same messages and does nothing with them.</summary>
    public static Latency Calibrate(byte[][] messages)
    {
        var measured = messages.AsSpan(WarmUp);
        var ticks = new long[measured.Length];
        var tokens = 0;
        foreach (var message in messages.AsSpan(0, WarmUp)) tokens += Walk(message);
        for (var i = 0; i < ticks.Length; i++)
        {
            var begin = Stopwatch.GetTimestamp();
            tokens += Walk(measured[i]);
            ticks[i] = Stopwatch.GetTimestamp() - begin;
        }

        return tokens > 0 ? Latency.Of(ticks, bytes: 0) : default;
    }

    private static int Walk(byte[] message)
    {
        var reader = new Utf8JsonReader(message);
        var tokens = 0;
        while (reader.Read()) tokens++;
        return tokens;
    }

    private static byte[] Message(Candle bar)
    {
        var opens = (long)(bar.OpenTime - DateTime.UnixEpoch).TotalMilliseconds;
        return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""
            {"stream":"btcusdt@kline_1m","data":{"e":"kline","E":{{opens + 60_005}},"s":"BTCUSDT","k":{"t":{{opens}},"T":{{opens + 59_999}},"s":"BTCUSDT","i":"1m","f":3899997692,"L":3900000001,"o":"{{bar.Open:0.00000000}}","c":"{{bar.Close:0.00000000}}","h":"{{bar.High:0.00000000}}","l":"{{bar.Low:0.00000000}}","v":"{{bar.Volume:0.00000000}}","n":2310,"x":true,"q":"793012.55120000","V":"6.10000000","Q":"391800.10000000","B":"0"} } }
            """));
    }

    private sealed class Judge(IStrategy? strategy) : Deaf
    {
        private readonly SymbolAnalyzer? _analyzer = strategy is null ? null : new SymbolAnalyzer(strategy, tellsRegime: true, Interval.OneMinute);

        public int Bars { get; private set; }

        public Signal Latest { get; private set; }

        public override void OnKline(StreamName stream, in KlineUpdate update)
        {
            Bars++;
            if (_analyzer is not null) Latest = _analyzer.OnCandle(update.Kline.Candle);
        }
    }
}
