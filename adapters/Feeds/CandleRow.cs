using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Feeds;

/// <summary>One parsed CSV row: a sound candle, or the problem in words.</summary>
/// <param name="PriceDecimals">The most decimal places that one of its prices needs.</param>
/// <param name="Problem">Null for a sound candle.</param>
internal readonly record struct CandleRow(Candle Candle, int PriceDecimals, string? Problem)
{
    private const int Columns = 6;
    private const long MicrosecondsFrom = 100_000_000_000_000;
    private const long EarliestMs = 315_532_800_000; // 1980
    private const long LatestMs = 4_102_444_800_000; // 2100
    private static readonly string[] Names = ["open time", "open", "high", "low", "close", "volume"];

    // Runs a million times within the first second, before tiering would have compiled it well.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static CandleRow Parse(ReadOnlySpan<byte> line)
    {
        Span<double> values = stackalloc double[Columns];
        var rest = line;
        var decimals = 0;
        for (var column = 0; column < Columns; column++)
        {
            if (column > 0 && rest.IsEmpty) return Bad($"{Counted.Of(column, "column")} where at least {Columns} are needed");
            var comma = rest.IndexOf((byte)',');
            var field = comma < 0 ? rest : rest[..comma];
            rest = comma < 0 ? default : rest[(comma + 1)..];
            if (!DecimalText.TryParse(field, out values[column], out var places))
                return Bad($"{Names[column]} {Quote(field)} is not a number");
            if (column is >= 1 and <= 4) decimals = Math.Max(decimals, places);
        }

        var time = values[0];
        if (time >= MicrosecondsFrom) time /= 1000;
        if (time is not (>= EarliestMs and <= LatestMs))
            return Bad(string.Create(CultureInfo.InvariantCulture, $"open time {values[0]} is not a time in milliseconds or microseconds since 1970"));

        // Whole microseconds below 2^53 are exact in a double.
        var micros = (long)(values[0] >= MicrosecondsFrom ? values[0] : values[0] * 1000);
        var candle = new Candle(DateTime.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond), values[1], values[2], values[3], values[4], values[5]);
        return candle.IsSound ? new(candle, decimals, Problem: null) : Bad(WhyUnsound(candle));
    }

    private static string WhyUnsound(in Candle c)
    {
        ReadOnlySpan<double> values = [c.Open, c.High, c.Low, c.Close];
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i])) return $"{Names[i + 1]} {Text(values[i])} is not a number";
            if (values[i] <= 0) return $"{Names[i + 1]} {Text(values[i])} is not above zero";
        }

        if (!double.IsFinite(c.Volume)) return $"volume {Text(c.Volume)} is not a number";
        if (c.Volume < 0) return $"volume {Text(c.Volume)} is below zero";
        if (c.High < c.Low) return $"high {Text(c.High)} is below low {Text(c.Low)}";
        var (name, price) = c.Open < c.Low || c.Open > c.High ? ("open", c.Open) : ("close", c.Close);
        return $"{name} {Text(price)} lies outside low {Text(c.Low)} to high {Text(c.High)}";
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Quote(ReadOnlySpan<byte> field) =>
        "'" + Encoding.UTF8.GetString(field[..Math.Min(field.Length, 30)]) + (field.Length > 30 ? "...'" : "'");

    private static CandleRow Bad(string problem) => new(default, 0, problem);
}
