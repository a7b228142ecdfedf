using OrleansTrader.Core.Strategies.Exits;

namespace OrleansTrader.Core.Tests;

/// <summary>Exit rules that differ with the seed: each is on in some and off in others, so tight that they act within some bars.</summary>
internal static class RandomExits
{
    public static ExitRules Of(Random random) => new()
    {
        Stop = (StopRule)random.Next(5),
        AtrPeriod = 5,
        StopInRanges = 0.5 + random.NextDouble(),
        StopShare = 0.01 + (0.02 * random.NextDouble()),
        StructureMargin = random.Next(3) / 2.0,
        ChandelierPeriod = 5,
        Target = (TargetRule)random.Next(3),
        TargetInRisks = 1 + random.NextDouble(),
        Trail = (StopRule)random.Next(5),
        TrailInRanges = 0.5 + random.NextDouble(),
        TrailShare = 0.01 + (0.02 * random.NextDouble()),
        TrailFromRisks = random.Next(3) / 4m,
        BreakEvenFromRisks = random.Next(3) / 4m,
        BreakEvenMargin = random.Next(2) / 1000m,
        LeastRaise = random.Next(3) / 1000m,
        Partials = random.Next(4) switch { 0 => "", 1 => "0.3:0.5", 2 => "0.2:0.3,0.5:0.3", _ => "0.1:0.97" },
        TimeStopBars = 6 * random.Next(3),
        TimeStopRisks = random.Next(2) / 2m,
    };
}
