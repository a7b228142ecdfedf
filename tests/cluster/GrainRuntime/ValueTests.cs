using OrleansTrader.Core.Market;
using Xunit;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

public sealed class ValueTests
{
    public static TheoryData<Verdict> Verdicts => [new Verdict.Accepted(0.00000001m), new Verdict.Refused(Refusal.NoCash, [1, double.NegativeInfinity])];

    [Theory]
    [MemberData(nameof(Verdicts))]
    public async Task Values_arrive_as_they_were_sent_whichever_grains_they_pass(Verdict verdict)
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var sent = new Parcel(
            new Candle(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), 0.1, 0.3, 0.1, 0.2, 1e-9),
            [double.NaN, double.PositiveInfinity, double.Epsilon, -0.0],
            new(StringComparer.Ordinal) { ["USDT"] = 79_228_162_514_264.337593543950335m, ["BTC"] = 0.10m },
            new Level(61_234.50m, 1 / 3d),
            None: null,
            TimeSpan.FromTicks(1),
            verdict);
        for (var key = 0; key < 8; key++)
        {
            var arrived = await runtime.Grains.GetGrain<IParcelGrain>(key).EchoThroughAsync(key + 1, sent).Soon();
            Assert.Equal(sent.Candle, arrived.Candle);
            Assert.Equal(DateTimeKind.Utc, arrived.Candle.OpenTime.Kind);
            Assert.Equal(sent.Series.Select(BitConverter.DoubleToInt64Bits), arrived.Series.Select(BitConverter.DoubleToInt64Bits));
            Assert.Equal(sent.Cash, arrived.Cash);
            // The zeros at the end of a decimal belong to it.
            Assert.Equal("0.10", arrived.Cash["BTC"].ToString(System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal((sent.Level, sent.None, sent.Interval), (arrived.Level, arrived.None, arrived.Interval));
            AssertSame(verdict, arrived.Verdict);
        }
    }

    private static void AssertSame(Verdict sent, Verdict arrived)
    {
        if (sent is Verdict.Refused refused)
        {
            var other = Assert.IsType<Verdict.Refused>(arrived);
            Assert.Equal(refused.Code, other.Code);
            Assert.Equal(refused.Measures, other.Measures);
        }
        else
        {
            Assert.Equal(sent, arrived);
        }
    }
}
