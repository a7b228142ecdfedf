namespace OrleansTrader.Core.Patterns.Swings;

/// <summary>A bar at which the price turned; the default value is no swing.</summary>
/// <param name="Bar">Its number among the sound bars, from 0.</param>
/// <param name="OpenTime">When the bar opened, UTC.</param>
/// <param name="Price">Its high where the price turned down, its low where it turned up, in quote currency.</param>
public readonly record struct Swing(long Bar, DateTime OpenTime, double Price)
{
    /// <summary>False for the default value: a price is above 0.</summary>
    public bool Exists => Price > 0;
}
