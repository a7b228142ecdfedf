using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Patterns;

namespace OrleansTrader.Core.Tests.Patterns;

/// <summary>Something that grows bar by bar, as the contract suite sees it.</summary>
/// <param name="Update">Takes the next bar.</param>
/// <param name="Values">Everything that it shows after a bar.</param>
internal sealed record Analysis(Restorable State, Action<Candle> Update, Func<double[]> Values)
{
    public static IReadOnlyDictionary<string, Func<Analysis>> All { get; } = new Dictionary<string, Func<Analysis>>(StringComparer.Ordinal)
    {
        ["candlestick patterns"] = () => Of(new CandlePatternScanner(), (scanner, candle) => scanner.Update(in candle), scanner => scanner.Values.ToArray()),
    };

    private static Analysis Of<T>(T state, Action<T, Candle> update, Func<T, double[]> values)
        where T : Restorable =>
        new(state, candle => update(state, candle), () => values(state));
}
