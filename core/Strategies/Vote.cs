using System.Globalization;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Regimes;

namespace OrleansTrader.Core.Strategies;

/// <summary>What a vote looked at.</summary>
public enum VoteKind : byte
{
    None,

    /// <summary>Fast average minus slow average, in quote currency; above 0 is up.</summary>
    AverageCross,

    /// <summary>Relative strength index, 0 to 100; above the threshold the move is too far gone.</summary>
    OverboughtRsi,

    /// <summary>Relative strength index, 0 to 100; below the threshold the move has no strength.</summary>
    WeakRsi,

    /// <summary>The same distance one bar before; above the threshold the averages had crossed already.</summary>
    FreshCross,

    /// <summary>The regime by its number; for or against entries.</summary>
    Regime,

    /// <summary>The close against the lower Bollinger band, in quote currency.</summary>
    LowerBand,

    /// <summary>Relative strength index, 0 to 100; at or below the threshold the fall has gone far.</summary>
    OversoldRsi,

    /// <summary>The close against the highest high before it, in quote currency.</summary>
    ChannelCeiling,

    /// <summary>The close against the lowest low before it, in quote currency.</summary>
    ChannelFloor,

    /// <summary>Volume in multiples of the usual one.</summary>
    VolumeSurge,

    /// <summary>The way from low to high against the least one of an entry, in quote currency.</summary>
    WideRange,

    /// <summary>Fast average minus slow average, in average true ranges.</summary>
    AverageDistance,

    /// <summary>Plus minus minus directional indicator; the threshold is the average directional index, which below 20 is no trend.</summary>
    DirectionalMovement,

    /// <summary>Relative strength index, 0 to 100; the further from 50 the stronger the move.</summary>
    Strength,

    /// <summary>Histogram of the MACD, in average true ranges.</summary>
    Momentum,

    /// <summary>Where the close lies between the Bollinger bands, -1 at the lower and 1 at the upper one; inside the threshold it says nothing.</summary>
    BandPosition,

    /// <summary>Standard deviations of the close from its mean; inside the threshold it says nothing.</summary>
    Deviation,

    /// <summary>Volatility in multiples of its median.</summary>
    Volatility,

    /// <summary>Chaikin's money flow, -1 to 1.</summary>
    MoneyFlow,

    /// <summary>Change of on-balance volume as a share of all volume, -1 to 1.</summary>
    VolumeBalance,

    /// <summary>Candlestick patterns that speak for a rise minus those for a fall.</summary>
    Pattern,

    /// <summary>Fast average minus slow average of longer bars, in their average true ranges.</summary>
    LongerTrend,

    /// <summary>The model's probability of a rise, 0 to 1.</summary>
    Prediction,

    /// <summary>The share of the weight that has an opinion, 0 to 1.</summary>
    Quorum,

    /// <summary>The share of the opinions that is for owning, 0 to 1.</summary>
    Agreement,

    /// <summary>Expected gain of a trade against its costs, in basis points of the price.</summary>
    Edge,

    /// <summary>The bar of a rhythm, from 1 on; the threshold is its length in bars.</summary>
    Rhythm,

    /// <summary>A figure of the owner's own strategy.</summary>
    Figure,

    /// <summary>Bars for which the position is held; the threshold is what was asked.</summary>
    BarsHeld,

    /// <summary>Open profit as a share of what was paid; the threshold is what was asked.</summary>
    OpenReturn,

    /// <summary>The close against the average price of what is held, in quote currency.</summary>
    EntryPrice,
}

/// <summary>One reason of a signal: what was looked at, its value, the threshold, and which way and how strongly it spoke.</summary>
/// <param name="Weight">-1 (against owning) to +1 (for owning); 0 has no opinion.</param>
public readonly record struct Vote(VoteKind Kind, double Weight, double Value, double Threshold)
{
    public string Describe() => Kind switch
    {
        VoteKind.AverageCross => Text($"fast average {(Value > Threshold ? "above" : "below")} slow by {Amount(Math.Abs(Value))} ({Weight:+0.0;-0.0;0})"),
        VoteKind.OverboughtRsi => Text($"RSI {Value:0.0} against the ceiling of {Threshold:0} ({Weight:+0.0;-0.0;0})"),
        VoteKind.WeakRsi => Text($"RSI {Value:0.0} against the floor of {Threshold:0} ({Weight:+0.0;-0.0;0})"),
        VoteKind.FreshCross => Text($"averages crossed {(Value > Threshold ? "before, and entries come with the cross only" : "with this bar")} ({Weight:+0.0;-0.0;0})"),
        VoteKind.Regime => Text($"the market is {((MarketRegime)(int)Value).Describe()} ({Weight:+0.0;-0.0;0})"),
        VoteKind.LowerBand => Text($"close {(Value < Threshold ? "below" : "not below")} the lower band of {Amount(Threshold)} ({Weight:+0.0;-0.0;0})"),
        VoteKind.OversoldRsi => Text($"RSI {Value:0.0} against {Threshold:0} for oversold ({Weight:+0.0;-0.0;0})"),
        VoteKind.ChannelCeiling => Text($"close {(Value > Threshold ? "above" : "not above")} the channel's {Amount(Threshold)} ({Weight:+0.0;-0.0;0})"),
        VoteKind.ChannelFloor => Text($"close below the channel's {Amount(Threshold)} ({Weight:+0.0;-0.0;0})"),
        VoteKind.VolumeSurge => Text($"volume {Value:0.0} times the usual, {Threshold:0.0} asked ({Weight:+0.0;-0.0;0})"),
        VoteKind.WideRange => Text($"bar of {Amount(Value)} from low to high, {Amount(Threshold)} asked ({Weight:+0.0;-0.0;0})"),
        VoteKind.AverageDistance => Text($"averages {Value:+0.0;-0.0;0.0} ranges apart ({Weight:+0.0;-0.0;0})"),
        VoteKind.DirectionalMovement => Text($"directional movement {Value:+0;-0;0} at ADX {Threshold:0} ({Weight:+0.0;-0.0;0})"),
        VoteKind.Strength => Text($"RSI {Value:0.0} ({Weight:+0.0;-0.0;0})"),
        VoteKind.Momentum => Text($"MACD {Value:+0.00;-0.00;0.00} ranges from its signal ({Weight:+0.0;-0.0;0})"),
        VoteKind.BandPosition => Text($"close {Math.Abs(Value):P0} of the way to the {(Value < 0 ? "lower" : "upper")} band ({Weight:+0.0;-0.0;0})"),
        VoteKind.Deviation => Text($"close {Value:+0.0;-0.0;0.0} deviations from its mean ({Weight:+0.0;-0.0;0})"),
        VoteKind.Volatility => Text($"volatility {Value:0.0} times its median ({Weight:+0.0;-0.0;0})"),
        VoteKind.MoneyFlow => Text($"money flow {Value:+0.00;-0.00;0.00} ({Weight:+0.0;-0.0;0})"),
        VoteKind.VolumeBalance => Text($"balance of volume {Value:+0.00;-0.00;0.00} ({Weight:+0.0;-0.0;0})"),
        VoteKind.Pattern => Text($"candlestick patterns {Value:+0;-0;0} ({Weight:+0.0;-0.0;0})"),
        VoteKind.LongerTrend => Text($"averages of longer bars {Value:+0.0;-0.0;0.0} ranges apart ({Weight:+0.0;-0.0;0})"),
        VoteKind.Prediction => Text($"model gives a rise {Value:P0} ({Weight:+0.0;-0.0;0})"),
        VoteKind.Quorum => Text($"{Value:P0} of the weight has an opinion, {Threshold:P0} asked ({Weight:+0.0;-0.0;0})"),
        VoteKind.Agreement => Text($"confidence {Value:0.00} against {Threshold:0.00} ({Weight:+0.0;-0.0;0})"),
        VoteKind.Edge => Text($"{Value:0} bps to gain if agreement were the chance to win, against costs of {Threshold:0} ({Weight:+0.0;-0.0;0})"),
        VoteKind.Rhythm => Text($"bar {Value:0} of the rhythm's {Threshold:0}, of which the first buys ({Weight:+0.0;-0.0;0})"),
        VoteKind.Figure => Text($"own figure {Amount(Value)} against {Amount(Threshold)} ({Weight:+0.0;-0.0;0})"),
        VoteKind.BarsHeld => Text($"held {Counted.Of((decimal)Value, "bar")}, {Threshold:0} asked ({Weight:+0.0;-0.0;0})"),
        VoteKind.OpenReturn => Text($"open profit {Value * 100:+0.00;-0.00;0.00} % against {Threshold * 100:0.00} % ({Weight:+0.0;-0.0;0})"),
        VoteKind.EntryPrice => Text($"close {Amount(Value)} against the average entry of {Amount(Threshold)} ({Weight:+0.0;-0.0;0})"),
        _ => "no vote",
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Amount(double value) =>
        value.ToString(value switch { >= 100 => "0.0", >= 1 => "0.000", _ => "0.########" }, CultureInfo.InvariantCulture);
}
