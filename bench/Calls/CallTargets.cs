using System.Globalization;

namespace OrleansTrader.Bench.Calls;

/// <summary>What calls must reach on two processors.</summary>
internal static class CallTargets
{
    private const double Microseconds = 4;
    private const double Bytes = 700;
    private const double CallsPerSecond = 500_000;
    private const double Megabytes = 500;

    /// <summary>A line for each target that is missed; none when all are reached.</summary>
    /// <param name="megabytes">Of 100,000 activations.</param>
    public static IReadOnlyList<string> Missed(CallFigures outside, CallFigures inside, CallFigures concurrent, double megabytes)
    {
        var missed = new List<string>();
        var slower = Math.Max(outside.Microseconds, inside.Microseconds);
        var heavier = Math.Max(outside.Bytes, inside.Bytes);
        if (slower > Microseconds) Add($"a call takes {slower:0.00} us; {Microseconds:0} are allowed");
        if (heavier > Bytes) Add($"a call allocates {heavier:0} bytes; {Bytes:0} are allowed");
        if (concurrent.Rate < CallsPerSecond) Add($"{concurrent.Rate:0} calls run per second; {CallsPerSecond:0} are wanted");
        if (megabytes > Megabytes) Add($"100,000 activations take {megabytes:0} MB; {Megabytes:0} are allowed");
        return missed;

        void Add(FormattableString line) => missed.Add(line.ToString(CultureInfo.InvariantCulture));
    }
}
