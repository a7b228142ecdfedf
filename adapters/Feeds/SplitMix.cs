using System.Numerics;
using System.Text;

namespace OrleansTrader.Adapters.Feeds;

/// <summary>
/// A stream of random numbers that is the same on every machine: SplitMix64 (Steele, Lea and Flood, 2014). Only integer arithmetic and
/// the exactly defined operations of IEEE 754 are used, no library function whose last digit may differ.
/// </summary>
internal struct SplitMix(ulong seed)
{
    private const double Unit = 1.0 / (1UL << 53);

    // The sum of eight uniform 16-bit numbers has the mean 8 * 65535 / 2 and the variance 8 * (65536^2 - 1) / 12.
    private const double NormalMean = 8 * 65535 / 2.0;
    private const double NormalScale = 1 / 53509.91992145008;

    private ulong _state = seed;

    /// <summary>A stream of its own for every name.</summary>
    public static ulong Seed(ulong seed, string name, long a, long b)
    {
        var hash = Mix(seed + 0x9E3779B97F4A7C15);
        foreach (var rune in name.EnumerateRunes()) hash = Mix((hash ^ (uint)rune.Value) + 0x9E3779B97F4A7C15);
        hash = Mix((hash ^ (ulong)a) + 0x9E3779B97F4A7C15);
        return Mix((BitOperations.RotateLeft(hash, 17) ^ (ulong)b) + 0x9E3779B97F4A7C15);
    }

    public ulong Next() => Mix(_state += 0x9E3779B97F4A7C15);

    /// <summary>In [0, 1).</summary>
    public double NextUnit() => (Next() >> 11) * Unit;

    /// <summary>Mean 0, variance 1, within 4.9 deviations: the sum of eight uniform numbers, near enough to a normal one.</summary>
    public double NextNormal() => (Lanes(Next()) + Lanes(Next()) - NormalMean) * NormalScale;

    private static double Lanes(ulong bits) =>
        (bits & 0xFFFF) + ((bits >> 16) & 0xFFFF) + ((bits >> 32) & 0xFFFF) + (bits >> 48);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
