using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators;

/// <summary>The indicators that the strategies of one symbol asked for; each is computed once a bar, whoever reads it.</summary>
public sealed class IndicatorSet
{
    private readonly Dictionary<string, Indicator> _byName = new(StringComparer.Ordinal);
    private Indicator[] _all = [];

    /// <summary>The longest warm-up among them, in bars.</summary>
    public int WarmUp { get; private set; }

    public Sma Sma(int period) => Shared($"SMA_{period}", () => new Sma(period));

    public Ema Ema(int period) => Shared($"EMA_{period}", () => new Ema(period));

    public Rsi Rsi(int period) => Shared($"RSI_{period}", () => new Rsi(period));

    public Atr Atr(int period) => Shared($"ATR_{period}", () => new Atr(period));

    internal void Update(ReadOnlySpan<Candle> candles)
    {
        foreach (var indicator in _all) indicator.Update(candles);
    }

    /// <summary>Shows each indicator as it stood after that bar of the latest block.</summary>
    internal void MoveTo(int index)
    {
        foreach (var indicator in _all) indicator.MoveTo(index);
    }

    private T Shared<T>(FormattableString name, Func<T> create)
        where T : Indicator
    {
        var key = FormattableString.Invariant(name);
        if (_byName.TryGetValue(key, out var known)) return (T)known;
        var made = create();
        _byName.Add(key, made);
        _all = [.. _all, made];
        WarmUp = Math.Max(WarmUp, made.WarmUp);
        return made;
    }
}
