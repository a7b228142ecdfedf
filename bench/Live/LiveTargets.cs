using System.Globalization;

namespace OrleansTrader.Bench.Live;

/// <summary>What the way from the market to an order must reach.</summary>
internal static class LiveTargets
{
    private const double P50 = 5;
    private const double P99 = 50;

    /// <summary>Best prices of a thousand symbols, a second.</summary>
    public const int Load = 50_000;

    // A beat of the sender is 5 ms, and what is behind for longer than a few of them falls behind for good.
    private const double LagP99 = 100;

    // An object for every tenth message would be more.
    private const double BytesOfMessage = 2;

    /// <summary>A line for each target that is missed; none when all are reached.</summary>
    public static IReadOnlyList<string> Missed(Latency parse, Latency signal, Latency request, LoadFigures load)
    {
        var missed = new List<string>();
        if (signal.P50 > P50 || signal.P99 > P99) Add($"message to signal takes {signal.P50:0.00} us and {signal.P99:0.00} us at p99; {P50} and {P99} are allowed");
        if (request.P50 > P50 || request.P99 > P99) Add($"signal to signed request takes {request.P50:0.00} us and {request.P99:0.00} us at p99; {P50} and {P99} are allowed");
        if (parse.Bytes > 0) Add($"reading a message allocates {parse.Bytes:0.0} bytes; 0 are allowed");
        if (load.PerSecond < Load * 0.99 || load.LagP99 > LagP99) Add($"of {Load} messages a second {load.PerSecond:0} are read, the slowest of a hundred after {load.LagP99:0.0} ms");
        if (load.Cores > 1) Add($"{load.Cores:0.00} processors are busy with {Load} messages a second; 1 is allowed");
        if (load.Bytes > BytesOfMessage) Add($"a message over a socket allocates {load.Bytes:0.0} bytes; {BytesOfMessage} are allowed");
        return missed;

        void Add(FormattableString line) => missed.Add(line.ToString(CultureInfo.InvariantCulture));
    }
}
