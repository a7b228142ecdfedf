using System.Collections.Immutable;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Feeds;

/// <summary>What a candle file holds, in time order and without duplicates, and what had to be done to get it so.</summary>
/// <param name="FileName">Without its folder.</param>
/// <param name="Candles">Sound, open times strictly rising; never empty.</param>
/// <param name="PriceDecimals">The most decimal places that a price of the file needs.</param>
/// <param name="SkippedRows">Rows that are no candles.</param>
/// <param name="Duplicates">Candles left out because an earlier row has the same open time.</param>
/// <param name="Unordered">Rows that stood after one with a later open time.</param>
/// <param name="Problems">The first skipped rows, one sentence each.</param>
public sealed record CandleFileContent(
    string FileName,
    Candle[] Candles,
    int PriceDecimals,
    int SkippedRows,
    int Duplicates,
    int Unordered,
    ImmutableArray<string> Problems)
{
    /// <summary>Everything that was skipped, dropped or sorted, one sentence each.</summary>
    public IEnumerable<string> Warnings
    {
        get
        {
            foreach (var problem in Problems) yield return problem;
            if (SkippedRows > Problems.Length) yield return $"{FileName}: {Counted.Of(SkippedRows - Problems.Length, "more row", "more rows")} skipped";
            if (Duplicates > 0) yield return $"{FileName}: {Counted.Of(Duplicates, "duplicate row")} dropped, of each open time the first is taken";
            if (Unordered > 0) yield return $"{FileName}: {Counted.Of(Unordered, "row")} out of order, sorted";
        }
    }
}
