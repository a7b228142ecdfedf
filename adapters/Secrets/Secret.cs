namespace OrleansTrader.Adapters.Secrets;

/// <summary>A value that nobody may read, and when it was set, UTC.</summary>
/// <remarks>Its text is not its value, so that it may stand in a message by mistake.</remarks>
public sealed record Secret(string Value, DateTime SetAt)
{
    public override string ToString() => "***";
}
