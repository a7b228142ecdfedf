using OrleansTrader.ExchangeSimulator;

namespace OrleansTrader.Adapters.Tests.ExchangeSimulator;

public class LayeringTests
{
    [Fact]
    public void The_exchange_knows_core_and_nothing_else_of_the_house()
    {
        var house = typeof(SimulatedExchange).Assembly.GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => name.StartsWith("OrleansTrader.", StringComparison.Ordinal));

        Assert.Equal("OrleansTrader.Core", Assert.Single(house));
    }
}
