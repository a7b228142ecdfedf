using System.Globalization;
using System.Security.Cryptography;
using OrleansTrader.Adapters.Binance.Signing;
using OrleansTrader.Core.Strategies;
using OrleansTrader.Core.Strategies.Hybrid;

namespace OrleansTrader.Bench.Live;

/// <summary>The way from the market to an order: message to signal, signal to signed request, and the load that a stream bears; each beside a yardstick of the same run. It fails when a target is missed.</summary>
internal static class LiveSpeed
{
    private const int Rounds = 7;
    private const int Messages = 60_000;
    private const int Requests = 50_000;
    private const int RsaRequests = 1_000;
    private const int LoadSeconds = 6;
    private const int RsaBits = 2_048;

    public static async Task<int> RunAsync()
    {
        var messages = MessageToSignal.Messages(Messages);
        var way = new SignalToRequest();
        using var hmac = new HmacSigner(Convert.ToHexString(RandomNumberGenerator.GetBytes(32)));
        using var rsa = new RsaSigner(RSA.Create(RsaBits));
        var (walk, parse, trend, hybrid) = (Latency.Worst, Latency.Worst, Latency.Worst, Latency.Worst);
        var (plain, sign, signRsa, request, requestRsa) = (Latency.Worst, Latency.Worst, Latency.Worst, Latency.Worst, Latency.Worst);
        for (var round = 0; round < Rounds; round++)
        {
            walk = walk.Or(MessageToSignal.Calibrate(messages));
            parse = parse.Or(MessageToSignal.Measure(messages, strategy: null));
            trend = trend.Or(MessageToSignal.Measure(messages, new TrendStrategy()));
            hybrid = hybrid.Or(MessageToSignal.Measure(messages, HybridStrategy.Entry.Create(HybridStrategy.Entry.Defaults)));
            plain = plain.Or(SignalToRequest.Calibrate(Requests));
            sign = sign.Or(SignalToRequest.MeasureSignature(Requests, hmac));
            request = request.Or(way.Measure(Requests, hmac));
            signRsa = signRsa.Or(SignalToRequest.MeasureSignature(RsaRequests, rsa));
            requestRsa = requestRsa.Or(way.Measure(RsaRequests, rsa));
        }

        Say($"best of {Rounds} rounds, interleaved, on one thread; {Environment.ProcessorCount} processors, .NET {Environment.Version}");
        Say($"{"",-58}{"p50 us",10}{"p99 us",10}{"x yardstick",14}{"B",8}");
        Row("yardstick: Utf8JsonReader over the message of a bar", walk, walk);
        Row("the message read", parse, walk);
        Row("message to signal, trend", trend, walk);
        Row("message to signal, hybrid", hybrid, walk);
        Row("yardstick: HMACSHA256.HashData of a request", plain, plain);
        Row("the signature, HMAC", sign, plain);
        Row("signal to signed request, HMAC", request, plain);
        Row(string.Create(CultureInfo.InvariantCulture, $"the signature, RSA of {RsaBits} bits"), signRsa, plain);
        Row("signal to signed request, RSA", requestRsa, plain);

        var load = await StreamLoad.RunAsync(LoadSeconds * LiveTargets.Load, LiveTargets.Load);
        var most = await StreamLoad.RunAsync(20 * LiveTargets.Load, perSecond: 0);
        Say($"{"best prices of 1,000 symbols over a socket, both ends here",-58}{"messages/s",12}{"processors",12}{"lag p50 ms",12}{"lag p99 ms",12}{"B",8}");
        Load("at 50,000 a second", load);
        Load("as many as go", most);
        var missed = LiveTargets.Missed(parse, hybrid, request, load);
        foreach (var line in missed) Say($"MISSED: {line}");
        if (missed.Count == 0) Say($"all targets reached");
        return missed.Count == 0 ? 0 : 1;

        static void Row(string name, Latency latency, Latency yardstick) => Say($"{name,-58}{latency.P50,10:0.00}{latency.P99,10:0.00}{latency.P50 / yardstick.P50,14:0.00}{latency.Bytes,8:0.0}");
        static void Load(string name, LoadFigures load) => Say($"{name,-58}{load.PerSecond,12:0}{load.Cores,12:0.00}{load.LagP50,12:0.00}{load.LagP99,12:0.00}{load.Bytes,8:0.0}");
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
