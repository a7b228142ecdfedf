using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators;

/// <summary>An indicator that is written bar by bar.</summary>
public abstract class BarIndicator : Indicator
{
    private int _place;

    /// <param name="warmUp">The number of bars after which the first output is known.</param>
    /// <param name="output">Its name, where there are several.</param>
    protected BarIndicator(int warmUp, string output = nameof(Value))
        : base(warmUp, output)
    {
    }

    /// <summary>The first output after the next bar; the others are set by <see cref="Set"/>, or are NaN.</summary>
    protected abstract double Next(in Candle candle);

    /// <summary>Gives a further output for this bar.</summary>
    protected void Set(Output output, double value) => output.Put(_place, value);

    protected sealed override void Advance(in Bars bars, Span<double> values)
    {
        var candles = bars.Candles;
        if (Outputs.Length == 1)
        {
            for (var i = 0; i < candles.Length && i < values.Length; i++) values[i] = Next(in candles[i]);
            return;
        }

        // Unknown until they are set.
        foreach (var output in Outputs.AsSpan()[1..]) output.Room.Fill(double.NaN);
        _place = Start;
        for (var i = 0; i < candles.Length && i < values.Length; i++)
        {
            values[i] = Next(in candles[i]);
            _place++;
        }
    }
}
