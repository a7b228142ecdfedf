namespace OrleansTrader.Core.Patterns.Swings;

/// <summary>A price at which swings cluster; the default value is no level.</summary>
/// <param name="Price">The mean of the swings, in quote currency.</param>
/// <param name="Touches">The number of swings.</param>
/// <param name="Strength">The swings, each weighted by its age: 1 at once, a half after one half-life.</param>
/// <param name="LastBar">The bar of the latest swing, counted in sound bars from 0.</param>
public readonly record struct Level(double Price, int Touches, double Strength, long LastBar)
{
    /// <summary>False for the default value.</summary>
    public bool Exists => Touches > 0;
}
