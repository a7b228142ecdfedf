namespace OrleansTrader.Core.Strategies;

/// <summary>What a signal rests on, for the record of what is done about it; the default value where nobody will ask.</summary>
/// <param name="votes">The reasons.</param>
/// <param name="features">Hash of the figures that it was judged by, see <see cref="SymbolAnalyzer.HashFeatures"/>; empty where nobody made it.</param>
/// <param name="model">Version of the model that spoke in it; empty where none did.</param>
/// <param name="before">What the bars alone asked for, where the strategy's look at its position has changed that; null where it has not.</param>
public readonly ref struct Grounds(ReadOnlySpan<Vote> votes, string features = "", string model = "", Direction? before = null)
{
    public ReadOnlySpan<Vote> Votes { get; } = votes;

    public string Features => features ?? "";

    public string Model => model ?? "";

    public Direction? Before { get; } = before;
}
