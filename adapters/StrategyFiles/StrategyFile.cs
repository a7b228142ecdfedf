using System.Collections.Immutable;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Adapters.StrategyFiles;

/// <summary>What came of a file: a strategy, or what is wrong with it.</summary>
/// <param name="Entry">Null where there are problems.</param>
internal sealed record StrategyFile(StrategySource Source, StrategyEntry? Entry, ImmutableArray<StrategyProblem> Problems)
{
    public static StrategyFile Refused(StrategySource source, params IEnumerable<string> sentences) =>
        new(source, Entry: null, [.. sentences.Select(sentence => new StrategyProblem(source.Name, sentence))]);
}
