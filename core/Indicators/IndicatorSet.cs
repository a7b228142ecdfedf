using System.Buffers.Binary;
using System.Security.Cryptography;
using OrleansTrader.Core.Indicators.Momentum;
using OrleansTrader.Core.Indicators.Timeframes;
using OrleansTrader.Core.Indicators.Trend;
using OrleansTrader.Core.Indicators.Volatility;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators;

/// <summary>The indicators that the strategies of one symbol asked for; each is computed once a bar, whoever reads it.</summary>
/// <param name="interval">Length of the bars; null where it is not known.</param>
public sealed class IndicatorSet(Interval? interval = null)
{
    private readonly SortedDictionary<string, Indicator> _byName = new(StringComparer.Ordinal);
    private Indicator[] _all = [];
    private Output[] _outputs = [];
    private byte[] _figures = [];
    private bool _isClosed;

    /// <summary>Length of the bars.</summary>
    /// <exception cref="InvalidOperationException">Whoever made the set did not say.</exception>
    public Interval Interval => interval ?? throw new InvalidOperationException("The length of the bars is not known here, so there are no longer ones.");

    /// <summary>The longest warm-up among them, in bars.</summary>
    public int WarmUp { get; private set; }

    public Sma Sma(int period) => Shared($"SMA_{period}", () => new Sma(period));

    public Ema Ema(int period) => Shared($"EMA_{period}", () => new Ema(period));

    public Rsi Rsi(int period) => Shared($"RSI_{period}", () => new Rsi(period));

    public Atr Atr(int period) => Shared($"ATR_{period}", () => new Atr(period));

    /// <summary>Any other indicator.</summary>
    /// <param name="name">Its name with its parameters: whoever gives the same name reads the same indicator.</param>
    /// <exception cref="InvalidOperationException">It is a new one, and bars may have been seen that it would miss; or the name is that of an indicator of another type.</exception>
    public T Shared<T>(FormattableString name, Func<T> create)
        where T : Indicator
    {
        ArgumentNullException.ThrowIfNull(create);
        var key = FormattableString.Invariant(name);
        if (_byName.TryGetValue(key, out var known))
            return known as T ?? throw new InvalidOperationException($"'{key}' is {known.GetType().Name} here, not {typeof(T).Name}.");
        if (_isClosed) throw new InvalidOperationException($"'{key}' comes too late: a strategy asks for its indicators in Prepare, before the first bar.");
        var made = create();
        _byName.Add(key, made);
        _all = [.. _all, made];
        WarmUp = Math.Max(WarmUp, made.WarmUp);
        return made;
    }

    /// <summary>Any indicator of longer bars: its figures after the latest longer bar that has closed.</summary>
    /// <param name="longer">Length of the longer bars, which must consist of whole ones of <see cref="Interval"/>.</param>
    /// <param name="name">Its name with its parameters, without the length of the bars.</param>
    /// <exception cref="ArgumentException">The longer bars do not consist of whole shorter ones.</exception>
    public LongerBars Longer(Interval longer, FormattableString name, Func<Indicator> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        var inner = FormattableString.Invariant(name);
        return Shared($"{longer}_{inner}", () => new LongerBars(Interval, longer, create()));
    }

    /// <summary>The indicator of that kind that somebody asked for; null when nobody did.</summary>
    internal T? Find<T>()
        where T : Indicator => Array.Find(_all, indicator => indicator is T) as T;

    /// <summary>The names of the indicators, in order.</summary>
    internal IReadOnlyCollection<string> Names => _byName.Keys;

    internal Indicator[] All => _all;

    /// <summary>From now on there are no further ones.</summary>
    internal void Close()
    {
        _isClosed = true;
        _outputs = [.. _byName.Values.SelectMany(indicator => indicator.Outputs)];
        _figures = new byte[sizeof(long) * (6 + _outputs.Length)];
    }

    internal void Update(in Bars bars)
    {
        foreach (var indicator in _all) indicator.Update(in bars);
    }

    /// <summary>Shows each indicator as it stood after that bar of the latest block.</summary>
    internal void MoveTo(int index)
    {
        foreach (var indicator in _all) indicator.MoveTo(index);
    }

    /// <summary>See <see cref="Strategies.SymbolAnalyzer.HashFeatures"/>.</summary>
    internal string Hash(in Candle candle)
    {
        var room = _figures.AsSpan();
        BinaryPrimitives.WriteInt64LittleEndian(room, candle.OpenTime.Ticks);
        ReadOnlySpan<double> bar = [candle.Open, candle.High, candle.Low, candle.Close, candle.Volume];
        foreach (var figure in bar) BinaryPrimitives.WriteDoubleLittleEndian(room = room[sizeof(long)..], figure);
        foreach (var output in _outputs) BinaryPrimitives.WriteDoubleLittleEndian(room = room[sizeof(long)..], output.Value);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_figures, hash);
        return Convert.ToHexStringLower(hash[..sizeof(long)]);
    }

    /// <summary>Passes over the state of every indicator, in the order of their names.</summary>
    internal void Visit(StateVisitor state)
    {
        foreach (var indicator in _byName.Values) indicator.VisitAll(state);
    }
}
