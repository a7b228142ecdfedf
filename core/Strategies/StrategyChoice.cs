namespace OrleansTrader.Core.Strategies;

/// <summary>The strategy that an account trades by, with the values of its parameters.</summary>
public sealed record StrategyChoice(StrategyEntry Entry, StrategyValues Values)
{
    /// <summary>A new instance, for one symbol.</summary>
    public IStrategy Create() => Entry.Create(Values);

    /// <summary>A new instance of the chosen strategy, or of another one with its defaults.</summary>
    /// <exception cref="ArgumentException">There is no such strategy.</exception>
    public IStrategy Create(string name) =>
        string.Equals(name, Entry.Name, StringComparison.OrdinalIgnoreCase) ? Create() : StrategyCatalog.Create(name);
}
