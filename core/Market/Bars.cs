namespace OrleansTrader.Core.Market;

/// <summary>Closed bars of one symbol, oldest first: whole, and the fields that long loops read each in a row of its own.</summary>
public readonly ref struct Bars
{
    internal Bars(ReadOnlySpan<Candle> candles, ReadOnlySpan<double> highs, ReadOnlySpan<double> lows, ReadOnlySpan<double> closes, bool areSound)
    {
        Candles = candles;
        Highs = highs;
        Lows = lows;
        Closes = closes;
        AreSound = areSound;
    }

    public ReadOnlySpan<Candle> Candles { get; }

    public ReadOnlySpan<double> Highs { get; }

    public ReadOnlySpan<double> Lows { get; }

    public ReadOnlySpan<double> Closes { get; }

    /// <summary>True when every bar is: see <see cref="Candle.IsSound"/>.</summary>
    public bool AreSound { get; }

    public int Length => Candles.Length;

    /// <summary>Some of these bars.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
    public Bars Slice(int start, int length) => Slice(start, length, AreSound);

    /// <summary>One of these bars alone.</summary>
    internal Bars At(int index) => Slice(index, 1, Candles[index].IsSound);

    private Bars Slice(int start, int length, bool areSound) =>
        new(Candles.Slice(start, length), Highs.Slice(start, length), Lows.Slice(start, length), Closes.Slice(start, length), areSound);
}
