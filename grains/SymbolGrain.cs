using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using OrleansTrader.Core.Strategies.Exits;
using OrleansTrader.GrainInterfaces;
using OrleansTrader.GrainInterfaces.Views;

namespace OrleansTrader.Grains;

/// <inheritdoc cref="ISymbolGrain"/>
[KeepAlive]
public sealed class SymbolGrain(IMarketFeed feed, StrategyInForce strategies, ExitRules exits, TimeProvider clock, ILogger<SymbolGrain> log) : Grain, ISymbolGrain
{
    private const int CandlesKept = 1_000;

    /// <summary>Bars that are taken in one go, however long the history is.</summary>
    private const int BlockLength = 10_000;

    private readonly CandleSeries _series = new(CandlesKept);
    private SymbolAnalyzer? _analyzer;
    private string _strategy = "";
    private DateTime _lastClose;
    private Signal _signal = Signal.Hold;
    private long _bars;

    /// <summary>Why the strategy says nothing of this symbol any more; null while it does.</summary>
    private string? _problem;

    private string Symbol => this.GetPrimaryKeyString();

    public async Task<SymbolSignal> AdvanceAsync(DateTime time, string strategy)
    {
        if (!string.Equals(strategy, _strategy, StringComparison.Ordinal) || time < _lastClose) Begin(strategy);

        IReadOnlyList<Candle> candles;
        do
        {
            candles = await feed.HistoryAsync(Symbol, _lastClose, time, BlockLength, CancellationToken.None);
            foreach (var candle in candles) Take(candle);
        }
        while (candles.Count == BlockLength);

        if (_analyzer is not { } analyzer || LastCandle is not { } last) return new SymbolSignal(Symbol, LastCandle?.Close ?? double.NaN, _signal, []) { Market = Market };
        var features = _signal.Direction == Direction.Hold && !analyzer.LooksAtPosition ? "" : analyzer.HashFeatures(in last);
        return new SymbolSignal(Symbol, last.Close, _signal, analyzer.Votes.ToImmutable()) { Market = Market, Features = features, Model = analyzer.Model };
    }

    public async Task<SymbolCloses> ClosesAsync(DateTime time, string strategy, int count)
    {
        if (_lastClose < time) await AdvanceAsync(time, strategy);
        var closes = new double[Math.Clamp(count, 0, CandlesKept)];
        Array.Fill(closes, double.NaN);
        for (var i = _series.Count - 1; i >= 0; i--)
        {
            var age = (time - feed.Interval.CloseOf(_series[i].OpenTime)).Ticks / feed.Interval.Length.Ticks;
            if (age >= closes.Length) break;
            if (age >= 0) closes[closes.Length - 1 - age] = _series[i].Close;
        }

        return new SymbolCloses(Symbol, ImmutableCollectionsMarshal.AsImmutableArray(closes));
    }

    public Task<CandlesView> CandlesAsync(int limit)
    {
        var candles = _series.ToArray();
        return Task.FromResult(new CandlesView(Symbol, feed.Interval, [.. candles.TakeLast(Math.Max(limit, 0))]));
    }

    public Task<SymbolView> ViewAsync()
    {
        var last = LastCandle;
        return Task.FromResult(new SymbolView(Symbol, last?.Close ?? double.NaN, DayChange(), _lastClose, _bars, _analyzer?.WarmUp ?? 0, SymbolVerdict.Of(_analyzer, in _signal, _bars, _problem)) { Problem = _problem, Quote = feed.QuoteOf(Symbol) is { IsKnown: true } quote ? quote : null });
    }

    private EntryMarket Market => EntryMarket.At(feed.QuoteOf(Symbol)) with
    {
        DataAge = feed.IsLive && clock.GetUtcNow().UtcDateTime is var now && now > _lastClose ? now - _lastClose : TimeSpan.Zero,
        Status = feed.StatusOf(Symbol),
    };

    private Candle? LastCandle => _series.Count == 0 ? null : _series[_series.Count - 1];

    private void Begin(string strategy)
    {
        _problem = null;
        Guard(() => _analyzer = new SymbolAnalyzer(strategies.Choice.Create(strategy), tellsRegime: true, feed.Interval, exits));
        _strategy = strategy;
        _series.Clear();
        _lastClose = default;
        _signal = Signal.Hold;
        _bars = 0;
    }

    private void Take(in Candle candle)
    {
        Judge(in candle);
        _series.Append(in candle);
        _lastClose = feed.Interval.CloseOf(candle.OpenTime);
        _bars++;
    }

    private void Judge(in Candle candle)
    {
        if (_analyzer is null) return;
        try
        {
            _signal = _analyzer.OnCandle(in candle);
        }
        catch (OperatorException failed)
        {
            Halt(failed);
        }
    }

    private void Guard(Action begin)
    {
        try
        {
            begin();
        }
        catch (OperatorException failed)
        {
            Halt(failed);
        }
    }

    /// <summary>Leaves the symbol as it is until its owner has mended the strategy; stops and targets go on working, and so do the other symbols.</summary>
    private void Halt(OperatorException failed)
    {
        (_analyzer, _signal, _problem) = (null, Signal.Hold, failed.Message);
        log.LogError(failed, "{Symbol} is halted until its strategy is mended", Symbol);
    }

    private double DayChange()
    {
        for (var i = _series.Count - 1; i >= 0; i--)
            if (feed.Interval.CloseOf(_series[i].OpenTime) <= _lastClose.AddDays(-1))
                return (_series[_series.Count - 1].Close / _series[i].Close) - 1;
        return double.NaN;
    }
}
