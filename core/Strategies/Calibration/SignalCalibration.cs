using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Strategies.Calibration;

/// <summary>
/// Follows what became of a strategy's own entries, and gives each new one the probability that it wins: walk-forward, by the outcomes
/// that were known when its bar closed. It needs no account: an entry is tried at the open of the next bar, one at a time.
/// </summary>
/// <remarks>
/// A trial wins at its target and loses at its stop, which is looked at first when a bar reaches both. When the strategy wants out, or
/// after <see cref="LongestTrial"/> bars, it counts as the part of a win that its price is on the way from stop to target, so that a bet on
/// the one against the other with that probability earns on average what the trials did. Without a target the way ends as far above the
/// entry as the stop is below. Fees are left to whoever sizes a trade.
/// </remarks>
internal sealed class SignalCalibration
{
    /// <summary>After so many bars a trial ends at the close.</summary>
    public const int LongestTrial = 500;

    private readonly IsotonicCalibration _outcomes = new();
    private double _confidence;
    private double _stop;
    private double _target;
    private double _entry;
    private int _bars;
    private bool _isOpen;
    private bool _wantsOut;

    /// <summary>Takes the next bars with the verdicts on them, and gives every protected entry its probability.</summary>
    public void Take(ReadOnlySpan<Candle> candles, Span<Signal> signals)
    {
        for (var i = 0; i < signals.Length && i < candles.Length; i++)
        {
            if (_isOpen && candles[i].IsSound) Follow(in candles[i]);
            ref var signal = ref signals[i];
            if (signal.Direction == Direction.Flat) _wantsOut = _isOpen;
            if (signal.Direction != Direction.Long || !signal.IsProtected) continue;
            signal = signal with { WinProbability = _outcomes.ProbabilityAt(signal.Confidence), WinTrades = _outcomes.TradesAt(signal.Confidence) };
            if (!_isOpen) Begin(in signal);
        }
    }

    public void Visit(StateVisitor state)
    {
        _outcomes.Visit(state);
        state.Visit(ref _confidence);
        state.Visit(ref _stop);
        state.Visit(ref _target);
        state.Visit(ref _entry);
        state.Visit(ref _bars);
        state.Visit(ref _isOpen);
        state.Visit(ref _wantsOut);
    }

    private void Begin(in Signal signal)
    {
        (_confidence, _stop, _target, _entry) = (signal.Confidence, signal.Stop, signal.Target, 0);
        (_isOpen, _wantsOut, _bars) = (true, false, 0);
    }

    private void Follow(in Candle bar)
    {
        if (_bars++ == 0)
        {
            _entry = bar.Open;
            // The way out came before the way in, or the price has left the plan behind: nobody would have entered.
            if (_wantsOut || _entry <= _stop || _entry >= _target)
            {
                _isOpen = false;
                return;
            }
        }
        else if (_wantsOut)
        {
            End(PartOfWin(bar.Open));
            return;
        }

        if (bar.Low <= _stop) End(outcome: 0);
        else if (bar.High >= _target) End(outcome: 1);
        else if (_bars >= LongestTrial) End(PartOfWin(bar.Close));
    }

    private double PartOfWin(double price)
    {
        var top = double.IsNaN(_target) ? (2 * _entry) - _stop : _target;
        return Math.Clamp((price - _stop) / (top - _stop), 0, 1);
    }

    private void End(double outcome)
    {
        _outcomes.Add(_confidence, outcome);
        _isOpen = false;
    }
}
