using OrleansTrader.Core.Market;
using OrleansTrader.Core.Regimes;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Grains;

/// <summary>What the strategy says of a symbol, in words.</summary>
internal static class SymbolVerdict
{
    /// <param name="analyzer">Null before the first bar, and while the symbol is halted.</param>
    /// <param name="problem">Why it is halted; null while it is not.</param>
    public static string Of(SymbolAnalyzer? analyzer, in Signal signal, long bars, string? problem)
    {
        if (problem is not null) return $"halted: {problem}";
        if (analyzer is null) return "no bar yet";
        if (bars < analyzer.WarmUp) return $"warming up: {bars} of {Counted.Of(analyzer.WarmUp, "bar")}";
        var wish = signal.Direction switch
        {
            Direction.Long => "wants to own it",
            Direction.Flat => "wants to be out of it",
            Direction.Add => "wants more of it",
            _ => "waits",
        };
        if (signal.Regime != MarketRegime.Unknown) wish = $"{signal.Regime.Describe()}, {wish}";
        var votes = analyzer.Votes.ToImmutable();
        return votes.IsEmpty ? wish : $"{wish}: {string.Join("; ", votes.Select(vote => vote.Describe()))}";
    }
}
