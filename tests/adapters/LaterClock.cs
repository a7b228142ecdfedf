namespace OrleansTrader.Adapters.Tests;

/// <summary>What was archived just now is two days old by it.</summary>
internal sealed class LaterClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddDays(2);
}
