using System.Globalization;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Silo.Valuation;

/// <summary>What one currency was worth in another at a moment.</summary>
/// <param name="Price">Of the symbol that connects the two; null where nobody knows it.</param>
/// <param name="Time">Close time of the bar that told it, UTC; null where nobody knows.</param>
public sealed record CurrencyRate(CurrencyPair Pair, decimal? Price, DateTime? Time)
{
    /// <summary>One of <see cref="CurrencyPair.From"/> in <see cref="CurrencyPair.To"/>; null where nobody knows.</summary>
    public decimal? Rate => Convert(1);

    /// <summary>Null where nobody knows the rate.</summary>
    public decimal? Convert(decimal amount) => Price is { } price ? Pair.Convert(amount, price) : null;

    /// <summary>One sentence in plain English.</summary>
    public string Describe() => Price is null
        ? $"Not known in {Pair.To}: {Pair.Rules.Symbol} has no close in the day before the account's latest step."
        : string.Create(CultureInfo.InvariantCulture, $"1 {Pair.From} is {Rate:0.########} {Pair.To} by the close of {Pair.Rules.Symbol} at {Time:yyyy-MM-dd HH:mm} UTC.");
}
