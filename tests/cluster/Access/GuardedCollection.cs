using Xunit;

namespace OrleansTrader.Cluster.Tests.Access;

/// <summary>The tests that share one <see cref="GuardedService"/>, one after the other.</summary>
[CollectionDefinition(Name)]
public class GuardedCollection : ICollectionFixture<GuardedService>
{
    public const string Name = "Guarded service";
}
