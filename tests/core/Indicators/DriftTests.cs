using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Indicators.Volume;
using OrleansTrader.Core.Market;
using Xunit;

namespace OrleansTrader.Core.Tests.Indicators;

/// <summary>However many bars came before, the figures are right.</summary>
public class DriftTests
{
    private const double Tolerance = 1e-9;

    // So many that the slowest average has forgotten what came before them: 0.996^20,000 is 1e-35.
    private const int Memory = 20_000;

    // In blocks, as a backtest takes them.
    private const int Block = 1_000;

    [Fact]
    public void Nothing_drifts_in_two_hundred_thousand_bars() => Run(200_000);

    [Fact(Explicit = true)]
    public void Nothing_drifts_in_ten_million_bars() => Run(10_000_000);

    private static void Run(int count)
    {
        var old = Indicators();
        var young = Indicators();
        decimal onBalance = 0;
        decimal distribution = 0;
        decimal value = 0;
        decimal volume = 0;
        double last = 0;
        var random = new Random(8);
        var bars = new Candle[Block];
        double price = 100;
        for (var start = 0; start < count; start += Block)
        {
            for (var i = 0; i < Block; i++)
            {
                bars[i] = Next(random, start + i, count - (start + i) > Memory, ref price);
                ref readonly var bar = ref bars[i];
                var traded = (decimal)bar.Volume;
                onBalance += bar.Close > last ? traded : bar.Close < last ? -traded : 0;
                last = bar.Close;
                distribution += traded * (decimal)(bar.High > bar.Low ? (bar.Close - bar.Low - (bar.High - bar.Close)) / (bar.High - bar.Low) : 0);
                value += traded * (decimal)((bar.High + bar.Low + bar.Close) / 3);
                volume += traded;
            }

            foreach (var indicator in old.Values) indicator.Update(bars);
            if (start < count - Memory) continue;
            foreach (var indicator in young.Values) indicator.Update(bars);
        }

        AssertNear("OBV", (double)onBalance, old["OBV"].Value);
        AssertNear("AD", (double)distribution, old["AD"].Value);
        AssertNear("VWAP_ANCHORED", (double)(value / volume), old["VWAP_ANCHORED"].Value);
        foreach (var (name, indicator) in young)
        {
            if (indicator is Obv or AccumulationDistribution or AnchoredVwap) continue;
            for (var o = 0; o < indicator.Outputs.Length; o++) AssertNear($"{name} {indicator.Outputs[o].Name}", indicator.Outputs[o].Value, old[name].Outputs[o].Value);
        }
    }

    private static SortedDictionary<string, Indicator> Indicators() =>
        new(IndicatorCatalog.Entries.ToDictionary(entry => entry.Columns[0].Name, entry => entry.Create(ZeroRule.Exact), StringComparer.Ordinal), StringComparer.Ordinal);

    // Bars over eleven orders of magnitude are what makes a plain rolling sum drift; the last ones are ordinary, so that what drifted would show.
    private static Candle Next(Random random, int number, bool mayBeWild, ref double price)
    {
        if (mayBeWild && number % 1_000 == 500) return Build.Bar(number, 1e8, 2e8, 5e7, 1.5e8, 1e9 * random.NextDouble());
        var open = price;
        price = Math.Clamp(price * (1 + (0.02 * (random.NextDouble() - 0.5))), 1, 10_000);
        return Build.Bar(number, open, Math.Max(open, price) * (1 + (0.01 * random.NextDouble())), Math.Min(open, price) * (1 - (0.01 * random.NextDouble())), price, 10 * random.NextDouble());
    }

    private static void AssertNear(string name, double expected, double actual) =>
        Assert.True(Math.Abs(actual - expected) <= Tolerance * Math.Abs(expected), $"{name}: {actual:R} instead of {expected:R}");
}
