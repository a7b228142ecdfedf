using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Feeds;

/// <summary>
/// One source of log returns: the market as a whole, or what one symbol does beside it. A coarse walk in blocks fixes regime,
/// volatility and level; inside a block returns follow a GARCH(1,1) with jumps and are led to the level at which the next block
/// begins. So any bar can be made from the walk and its own block, without the bars before it.
/// </summary>
internal sealed class SyntheticFactor(ulong seed, double yearlyVolatility, Interval interval)
{
    public const int BlockLength = 256;

    // GARCH(1,1): shocks last some 50 bars, mean variance 1.
    private const double Shock = 0.10;
    private const double Memory = 0.88;
    private const double JumpChance = 1 / 400.0;
    private const double RangeReversal = 0.10;
    private const double TrendPerBar = 0.04;
    private const double RegimeChangeChance = 1 / 3.0;

    private const double YearlyReversion = 1.386; // half of the way back in half a year
    private const double HighestBarVolatility = 0.03;

    private readonly double _barVolatility = Math.Min(HighestBarVolatility, yearlyVolatility * Math.Sqrt(interval.Length / TimeSpan.FromDays(365)));
    private readonly double _reversion = Math.Min(0.5, YearlyReversion * (BlockLength * (interval.Length / TimeSpan.FromDays(365))));
    private readonly List<Start> _walk = [new(0, 0, Regime.Range)];

    private enum Regime : byte
    {
        Range,
        Up,
        Down,
    }

    /// <summary>Logarithm of the level at the open of a block, 0 at the first.</summary>
    public double LevelAt(int block)
    {
        while (_walk.Count <= block) _walk.Add(After(_walk[^1], _walk.Count - 1));
        return _walk[block].Level;
    }

    /// <summary>Writes the log returns of a block and the standard deviations that they were drawn with.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(int block, Span<double> returns, Span<double> deviations)
    {
        var change = LevelAt(block + 1) - LevelAt(block);
        var (start, end) = (_walk[block], _walk[block + 1]);
        var (volatility, step) = (Volatility(start), (Volatility(end) - Volatility(start)) / BlockLength);
        var random = new SplitMix(SplitMix.Seed(seed, "bars", block, 0));
        var (variance, previous, sum) = (1.0, 0.0, 0.0);
        for (var i = 0; i < BlockLength; i++)
        {
            var shock = random.NextNormal();
            var jump = random.NextUnit();
            // A jump is 4 to 8 deviations either way; the same draw that makes it gives its size and side.
            if (jump < JumpChance) shock += (jump < JumpChance / 2 ? -1 : 1) * (4 + (8 * (jump % (JumpChance / 2) / JumpChance)));
            var deviation = volatility * Math.Sqrt(variance);
            var move = deviation * shock;
            if (start.Regime == Regime.Range) move -= RangeReversal * previous;
            variance = (1 - Shock - Memory) + (variance * ((Shock * Math.Min(shock * shock, 25)) + Memory));
            volatility += step;
            (returns[i], deviations[i], previous) = (move, deviation, move);
            sum += move;
        }

        var lead = (change - sum) / BlockLength;
        for (var i = 0; i < BlockLength; i++) returns[i] += lead;
    }

    private Start After(Start start, int block)
    {
        var random = new SplitMix(SplitMix.Seed(seed, "walk", block, 0));
        var drift = start.Regime switch { Regime.Up => TrendPerBar, Regime.Down => -TrendPerBar, _ => 0 };
        var noise = random.NextNormal() * Math.Sqrt(BlockLength);
        var level = start.Level + (Volatility(start) * ((drift * BlockLength) + noise)) - (_reversion * start.Level);
        var calm = (0.8 * start.LogVolatility) + (0.25 * random.NextNormal());
        var regime = random.NextUnit() < RegimeChangeChance ? (Regime)(random.Next() % 3) : start.Regime;
        return new(level, calm, regime);
    }

    private double Volatility(Start start) =>
        _barVolatility * ExactMath.Exp(start.LogVolatility) * start.Regime switch { Regime.Up => 0.9, Regime.Down => 1.4, _ => 0.8 };

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Start(double Level, double LogVolatility, Regime Regime);
}
