using System.Collections.Immutable;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;

namespace OrleansTrader.GrainInterfaces.Views;

/// <summary>Candles of a symbol, oldest first.</summary>
public sealed record CandlesView(string Symbol, Interval Interval, ImmutableArray<Candle> Candles);

/// <summary>Where a symbol stands.</summary>
/// <param name="LastClose">NaN before the first bar.</param>
/// <param name="DayChange">Change of the close over the last 24 hours as a share; NaN until so many bars were seen.</param>
/// <param name="Bars">Bars seen.</param>
/// <param name="WarmUp">Bars needed before the strategy can speak.</param>
/// <param name="Verdict">The strategy's latest verdict in words, with its reasons.</param>
public sealed record SymbolView(string Symbol, double LastClose, double DayChange, DateTime LastTime, long Bars, int WarmUp, string Verdict)
{
    /// <summary>Why the strategy says nothing of the symbol any more, in a sentence; null while it does.</summary>
    public string? Problem { get; init; }
}

/// <summary>Where a strategy stands.</summary>
/// <param name="State">In words: warming up, stepping, ended, failing.</param>
public sealed record StrategyView(string Name, string State, DateTime StepTime, double StepsPerSecond, long Steps)
{
    /// <summary>Tells one content of the owner's file from another; empty for a strategy that comes with the service.</summary>
    public string Version { get; init; } = "";

    /// <summary>The owner's file; empty for a strategy that comes with the service.</summary>
    public string File { get; init; } = "";

    /// <summary>True when its positions have no stop by design.</summary>
    public bool IsUnprotected { get; init; }

    /// <summary>Why a change of its file was not taken, in a sentence; null where there is none.</summary>
    public string? Problem { get; init; }
}

/// <summary>Where the exchange gateway stands.</summary>
public sealed record ExchangeView(bool IsReady, int Queued, int Unanswered);

/// <summary>Where an account stands; money in quote currency.</summary>
/// <param name="DayBegin">The equity with which the market's day began (00:00 UTC), or the account within it; null before the first step.</param>
/// <param name="Problem">Why the account cannot be told, in a sentence; everything else is then without meaning. Null otherwise.</param>
public sealed record PortfolioView(
    string Account,
    string Market,
    RunState Run,
    DateTime StepTime,
    long Sequence,
    decimal StartCash,
    decimal Cash,
    decimal Reserved,
    PortfolioFigures Figures,
    EquityPoint? DayBegin,
    ImmutableArray<PositionView> Positions,
    ImmutableArray<OrderView> Orders,
    string? Problem);

/// <summary>A holding.</summary>
/// <param name="State">opening, open (without a stop by design), protecting (its stop is on the way to the exchange), protected or closing.</param>
/// <param name="Stop">0 when the trade has no stop by design.</param>
public sealed record PositionView(
    string Symbol,
    string State,
    decimal Quantity,
    decimal EntryPrice,
    decimal Price,
    decimal Value,
    decimal OpenPnl,
    decimal Stop,
    decimal Target,
    DateTime EntryTime);

/// <summary>An order that is not finished.</summary>
public sealed record OrderView(
    long Id,
    string Symbol,
    OrderSide Side,
    OrderType Type,
    OrderPurpose Purpose,
    string Status,
    decimal Quantity,
    decimal Traded,
    decimal Budget,
    decimal Limit,
    decimal Stop,
    DateTime Time);

/// <summary>One trade of an order, for a marker on the chart.</summary>
public sealed record FillView(long Sequence, DateTime Time, string Symbol, OrderSide Side, OrderPurpose Purpose, decimal Quantity, decimal Price, decimal Fee, ExitReason Exit);

/// <summary>A closed trade from entry to exit.</summary>
/// <param name="Pnl">After fees of both sides.</param>
public sealed record TradeView(
    long Sequence,
    string Symbol,
    DateTime EntryTime,
    DateTime ExitTime,
    decimal Quantity,
    decimal EntryPrice,
    decimal ExitPrice,
    decimal Fees,
    decimal Pnl,
    ExitReason Exit);

/// <summary>A decision with its reasons.</summary>
/// <param name="Kind">bought, left or refused.</param>
/// <param name="Text">One sentence in plain English.</param>
/// <param name="Regime">What the market was, in words; unknown where nobody told it.</param>
/// <param name="RegimeRules">Version of the rules by which it was told; 0 where it was not, or before versions were written down.</param>
public sealed record DecisionView(
    long Sequence,
    DateTime Time,
    string Symbol,
    string Kind,
    string Text,
    ImmutableArray<string> Votes,
    ImmutableArray<string> Checks,
    string Regime,
    int RegimeRules);

/// <summary>Something that the owner should know.</summary>
/// <param name="Level">info, warning or alarm.</param>
public sealed record NoticeView(long Sequence, DateTime Time, string Level, string Text);

/// <summary>Equity at a moment, quote currency.</summary>
public sealed record EquityPoint(DateTime Time, double Equity);

/// <summary>What has happened to an account, each list oldest first.</summary>
/// <param name="Equity">The whole course, evenly spaced, whatever was asked for.</param>
public sealed record HistoryView(
    long Sequence,
    ImmutableArray<FillView> Fills,
    ImmutableArray<TradeView> Trades,
    ImmutableArray<DecisionView> Decisions,
    ImmutableArray<NoticeView> Notices,
    ImmutableArray<EquityPoint> Equity);
