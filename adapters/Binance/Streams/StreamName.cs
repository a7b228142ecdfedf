using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Binance.Streams;

/// <summary>One market stream. Equal to another when it is the same stream.</summary>
public sealed class StreamName : IEquatable<StreamName>
{
    private StreamName(StreamKind kind, string symbol, Interval interval, string suffix)
    {
        ArgumentException.ThrowIfNullOrEmpty(symbol);
        (Kind, Symbol, Interval) = (kind, symbol, interval);
        Text = symbol.ToLowerInvariant() + suffix;
    }

    public StreamKind Kind { get; }

    /// <summary>In upper case, as everywhere but in the names of streams.</summary>
    public string Symbol { get; }

    /// <summary>Of bars; the default value for other kinds.</summary>
    public Interval Interval { get; }

    /// <summary>As the exchange writes it, such as <c>btcusdt@kline_1m</c>.</summary>
    public string Text { get; }

    public static StreamName Kline(string symbol, Interval interval) => new(StreamKind.Kline, symbol, interval, $"@kline_{interval}");

    public static StreamName BookTop(string symbol) => new(StreamKind.BookTop, symbol, default, "@bookTicker");

    public static StreamName MiniTicker(string symbol) => new(StreamKind.MiniTicker, symbol, default, "@miniTicker");

    public static StreamName AggregateTrade(string symbol) => new(StreamKind.AggregateTrade, symbol, default, "@aggTrade");

    public static StreamName Depth(string symbol) => new(StreamKind.Depth, symbol, default, "@depth@100ms");

    public bool Equals(StreamName? other) => other is not null && string.Equals(Text, other.Text, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as StreamName);

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;
}
