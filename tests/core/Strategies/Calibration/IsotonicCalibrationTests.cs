using OrleansTrader.Core.Strategies.Calibration;
using Xunit;

namespace OrleansTrader.Core.Tests.Strategies.Calibration;

public class IsotonicCalibrationTests
{
    private const int Cases = 200;

    [Fact]
    public void It_equals_a_regression_computed_directly_after_every_outcome()
    {
        for (var seed = 0; seed < Cases; seed++)
        {
            var calibration = new IsotonicCalibration();
            var outcomes = new List<(double Confidence, double Outcome)>();
            foreach (var (confidence, outcome) in Outcomes(seed))
            {
                calibration.Add(confidence, outcome);
                outcomes.Add((confidence, outcome));
                if (outcomes.Count % 97 != 0) continue;
                Assert.Equal(Directly(outcomes), Enumerable.Range(0, 101).Select(at => calibration.ProbabilityAt(at / 100.0)));
            }
        }
    }

    [Fact]
    public void It_never_falls_as_confidence_rises_and_is_a_probability()
    {
        for (var seed = 0; seed < Cases; seed++)
        {
            var calibration = new IsotonicCalibration();
            foreach (var (confidence, outcome) in Outcomes(seed)) calibration.Add(confidence, outcome);
            var last = 0.0;
            for (var at = 0; at <= 1_000; at++)
            {
                var probability = calibration.ProbabilityAt(at / 1_000.0);
                if (double.IsNaN(probability)) continue;
                Assert.InRange(probability, last, 1);
                last = probability;
            }
        }
    }

    [Fact]
    public void Thin_evidence_says_nothing()
    {
        var calibration = new IsotonicCalibration();
        for (var i = 0; i < IsotonicCalibration.LeastOutcomes - 1; i++) calibration.Add(0.9, i % 3 == 0 ? 1 : 0);
        Assert.Equal((double.NaN, 29), (calibration.ProbabilityAt(0.9), calibration.TradesAt(0.9)));
        calibration.Add(0.9, outcome: 0);

        // Every third of the first 29, that is 10 of 30.
        Assert.Equal(10.0 / 30, calibration.ProbabilityAt(0.9));
        Assert.Equal(10.0 / 30, calibration.ProbabilityAt(0.95));
        Assert.Equal((double.NaN, 0), (calibration.ProbabilityAt(0.85), calibration.TradesAt(0.85)));
        Assert.Equal((30, 30), (calibration.TradesAt(0.9), calibration.TradesAt(0.95)));

        // Three wins above it are a pool of their own, of three.
        for (var i = 0; i < 3; i++) calibration.Add(1, outcome: 1);
        Assert.Equal(double.NaN, calibration.ProbabilityAt(1));
        Assert.Equal(10.0 / 30, calibration.ProbabilityAt(0.9));
        Assert.Equal((3, 30), (calibration.TradesAt(1), calibration.TradesAt(0.9)));
    }

    /// <summary>Some hundred outcomes; the confidences are few, many or all alike, and win the more often the higher, or the lower.</summary>
    private static IEnumerable<(double Confidence, double Outcome)> Outcomes(int seed)
    {
        var random = new Random(seed);
        var (steps, slope) = (random.Next(1, 60), (2 * random.NextDouble()) - 1);
        for (var i = random.Next(400); i >= 0; i--)
        {
            var confidence = Math.Round((double)random.Next(steps + 1) / steps, 3);
            // In quarters, which add up without rounding.
            yield return (confidence, random.Next(4) == 0 ? random.Next(5) / 4.0 : random.NextDouble() < 0.5 + (slope * (confidence - 0.5)) ? 1 : 0);
        }
    }

    /// <summary>By the max-min formula, for each hundredth: the greatest, over the beginnings of pools, of the least share over their ends.</summary>
    private static double[] Directly(List<(double Confidence, double Outcome)> outcomes)
    {
        var (wins, trades) = (new double[102], new int[102]);
        for (var at = 0; at <= 100; at++)
        {
            var here = outcomes.Where(outcome => (int)Math.Round(outcome.Confidence * 100) == at).ToArray();
            (wins[at + 1], trades[at + 1]) = (wins[at] + here.Sum(outcome => outcome.Outcome), trades[at] + here.Length);
        }

        int[] places = [.. Enumerable.Range(0, 101).Where(at => trades[at + 1] > trades[at])];
        var fitted = places.Select(at => places.Where(from => from <= at).Max(from => places.Where(to => to >= at).Min(to => Share(from, to)))).ToArray();
        return [.. Enumerable.Range(0, 101).Select(Answer)];

        double Share(int from, int to) => (wins[to + 1] - wins[from]) / (trades[to + 1] - trades[from]);

        double Answer(int at)
        {
            var index = Array.FindLastIndex(places, place => place <= at);
            if (index < 0) return double.NaN;
            var pool = places.Where((_, i) => fitted[i] == fitted[index]).Sum(place => trades[place + 1] - trades[place]);
            return pool >= IsotonicCalibration.LeastOutcomes ? fitted[index] : double.NaN;
        }
    }
}
