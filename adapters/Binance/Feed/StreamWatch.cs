using Microsoft.Extensions.Logging;
using OrleansTrader.Adapters.Binance.Streams;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Binance.Feed;

/// <summary>
/// Keeps the streams of a feed and learns from the bars that had to be asked for how they do: a stream that brings nothing while its
/// connection lives is connected anew.
/// </summary>
/// <remarks>Used by one caller at a time.</remarks>
internal sealed partial class StreamWatch : IAsyncDisposable
{
    /// <summary>A bar under way is told every other second, and in a market without trades more seldom.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan BetweenRenewals = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ToConnect = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, long> _renewedAt = new(StringComparer.Ordinal);
    private readonly MarketStreams _streams;
    private readonly Interval _interval;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly long _begin;
    private bool _isAway;

    public StreamWatch(MarketStreams streams, IReadOnlyList<string> symbols, Interval interval, ILogger log, TimeProvider time)
    {
        (_streams, _interval, _log, _time, _begin) = (streams, interval, log, time, time.GetTimestamp());
        streams.Subscribe([.. symbols.Select(symbol => StreamName.Kline(symbol, interval)), .. symbols.Select(StreamName.BookTop)]);
    }

    public bool IsConnected => _streams.IsConnected;

    /// <summary>Is told of which symbols a bar had to be asked for.</summary>
    public void Missed(IReadOnlyCollection<string> symbols)
    {
        if (symbols.Count == 0 || _time.GetElapsedTime(_begin) < ToConnect) return;
        if (!_streams.IsConnected)
        {
            if (!_isAway) LogAway(_log);
            _isAway = true;
            return;
        }

        _isAway = false;
        foreach (var symbol in symbols)
        {
            var name = StreamName.Kline(symbol, _interval);
            var silence = _streams.AgeOf(name) ?? _time.GetElapsedTime(_begin);
            if (silence <= LongestSilence || (_renewedAt.TryGetValue(symbol, out var last) && _time.GetElapsedTime(last) < BetweenRenewals)) continue;
            _renewedAt[symbol] = _time.GetTimestamp();
            LogSilence(_log, name.Text, (long)silence.TotalSeconds);
            _streams.Renew(name);
        }
    }

    public ValueTask DisposeAsync() => _streams.DisposeAsync();

    [LoggerMessage(LogLevel.Warning, "The market streams cannot be reached; bars are asked for as they close until they can")]
    private static partial void LogAway(ILogger logger);

    [LoggerMessage(LogLevel.Warning, "The stream {Name} has brought nothing for {Seconds} s while its bars went on; it is connected anew")]
    private static partial void LogSilence(ILogger logger, string name, long seconds);
}
