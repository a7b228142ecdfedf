using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Feeds;

/// <summary>
/// An invented market without end: trends and ranges, volatility in clusters, jumps, symbols that move together, a daily rhythm of
/// volume. A bar depends on seed, symbol, interval and its number alone, whatever was read before and whatever other symbols there
/// are, and is the same to the last bit on every machine. Safe for concurrent callers.
/// </summary>
public sealed class SyntheticMarket
{
    private const int Length = SyntheticFactor.BlockLength;
    private const double MarketVolatility = 0.55;

    private readonly Lock _gate = new();
    private readonly SyntheticFactor _market;
    private readonly SortedList<string, SyntheticSymbol> _symbols = new(StringComparer.Ordinal);
    private readonly double[] _returns = new double[Length];
    private readonly double[] _deviations = new double[Length];
    private int _block = -1;

    /// <param name="symbols">At least one name such as <c>BTCUSDT</c>.</param>
    public SyntheticMarket(long seed, Interval interval, IEnumerable<string> symbols)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval.Length, TimeSpan.Zero, nameof(interval));
        Seed = seed;
        Interval = interval;
        var marketSeed = SplitMix.Seed((ulong)seed, "market", 0, 0);
        _market = new(SplitMix.Seed(marketSeed, "", interval.Length.Ticks, 0), MarketVolatility, interval);
        foreach (var symbol in symbols) _symbols.TryAdd(symbol, new(marketSeed, symbol, interval));
        if (_symbols.Count == 0) throw new ArgumentException("A synthetic market has at least one symbol.", nameof(symbols));
        Symbols = [.. _symbols.Values.Select(symbol => symbol.Rules)];
    }

    /// <summary>The open of bar 0: Monday, 1 January 2024, 0:00 UTC.</summary>
    public static DateTime Epoch { get; } = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public long Seed { get; }

    public Interval Interval { get; }

    /// <summary>Ordinal order.</summary>
    public IReadOnlyList<SymbolRules> Symbols { get; }

    /// <param name="number">0 or higher.</param>
    public Candle Bar(string symbol, long number)
    {
        Span<Candle> bar = stackalloc Candle[1];
        Read(symbol, number, bar);
        return bar[0];
    }

    /// <summary>Fills <paramref name="into"/> with the bars from number <paramref name="first"/> on.</summary>
    public void Read(string symbol, long first, Span<Candle> into)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        if (!_symbols.TryGetValue(symbol, out var source))
            throw new MarketFeedException($"This synthetic market has no {symbol}; it has {string.Join(", ", _symbols.Keys)}.");
        lock (_gate)
        {
            while (!into.IsEmpty)
            {
                var (block, offset) = Math.DivRem(first, Length);
                var bars = Block(source, checked((int)block))[(int)offset..];
                if (bars.Length > into.Length) bars = bars[..into.Length];
                bars.CopyTo(into);
                into = into[bars.Length..];
                first += bars.Length;
            }
        }
    }

    private ReadOnlySpan<Candle> Block(SyntheticSymbol symbol, int block)
    {
        if (_block != block && !symbol.Holds(block))
        {
            _block = -1;
            _market.Fill(block, _returns, _deviations);
            _block = block;
        }

        return symbol.Block(block, _market, _returns, _deviations);
    }
}
