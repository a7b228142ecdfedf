namespace OrleansTrader.Core.Strategies;

/// <summary>The strategy that an account trades by, with the values of its parameters.</summary>
public sealed record StrategyChoice(StrategyEntry Entry, StrategyValues Values)
{
    /// <summary>All settings that it trades by, for the account's journal; empty to keep none.</summary>
    public string Terms { get; init; } = "";

    /// <summary>Its name, and the version where it is written in a file of its owner.</summary>
    public string Key => Entry.Version.Length > 0 ? $"{Entry.Name}@{Entry.Version}" : Entry.Name;

    /// <summary>A new instance, for one symbol.</summary>
    public IStrategy Create() => Entry.Create(Values);

    /// <summary>A new instance of the chosen strategy, or of another one with its defaults.</summary>
    /// <exception cref="ArgumentException">There is no such strategy, or not in that version.</exception>
    public IStrategy Create(string key) =>
        string.Equals(key, Key, StringComparison.OrdinalIgnoreCase) ? Create() : StrategyCatalog.Create(key);
}
