using System.Collections.Immutable;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Accounts.Performance;
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

    /// <summary>Best prices now, between the bars; null where nobody tells them.</summary>
    public Quote? Quote { get; init; }
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
/// <param name="Queued">Requests that wait or are under way.</param>
/// <param name="Unanswered">Requests of which nobody knows what became of them.</param>
public sealed record ExchangeView(bool IsReady, int Queued, int Unanswered)
{
    /// <summary>False while account and exchange are being compared, so that no step is taken; always true on paper.</summary>
    public bool IsSettled { get; init; } = true;

    /// <summary>In what they differ, in a sentence; empty when they do not, and on paper.</summary>
    public string Differences { get; init; } = "";

    /// <summary>Why what happens at the exchange is found by the comparison alone, in a sentence; empty while the exchange tells it, and on paper.</summary>
    public string Silence { get; init; } = "";

    /// <summary>Orders that rest at the exchange and are none of the account's.</summary>
    public int ForeignOrders { get; init; }

    /// <summary>Why nothing is sent to the exchange for a while, such as a ban, and until when, in a sentence; empty while nothing forbids it.</summary>
    public string Standstill { get; init; } = "";

    /// <summary>The exchange trades none of the symbols now, or none for this account, as far as somebody knows.</summary>
    public bool IsHalted { get; init; }
}

/// <summary>Where an account stands; money in quote currency.</summary>
/// <param name="Flows">What was paid in since the start, less what was paid out.</param>
/// <param name="DayBegin">The equity with which the market's day began (00:00 UTC), or the account within it, and what was paid in since; null before the first step.</param>
/// <param name="Problem">Why the account cannot be told, in a sentence; everything else is then without meaning. Null otherwise.</param>
public sealed record PortfolioView(
    string Account,
    string Market,
    RunState Run,
    DateTime StepTime,
    long Sequence,
    decimal StartCash,
    decimal Flows,
    decimal Cash,
    decimal Reserved,
    PortfolioFigures Figures,
    EquityPoint? DayBegin,
    ImmutableArray<PositionView> Positions,
    ImmutableArray<OrderView> Orders,
    string? Problem)
{
    /// <summary>The kill switch is pulled: everything is being sold, nothing is bought.</summary>
    public bool IsKilled { get; init; }

    /// <summary>The limit that has paused it; none when its owner has, or nobody.</summary>
    public RefusalCode PausedBy { get; init; }

    /// <summary>Whether it may open positions with real money; null where its money is not real.</summary>
    public Arming? Arming { get; init; }

    /// <summary>What its owner holds beside the positions; part of the equity.</summary>
    public ImmutableArray<ExternalView> External { get; init; } = [];

    /// <summary>Why no position is opened now, in a sentence, whatever the run state; null while nothing stands in the way.</summary>
    public string? Obstacle { get; init; }
}

/// <summary>Coins that its owner has brought; no order of the account touches them. Money in quote currency.</summary>
/// <param name="Pnl">What the owner's coins of the symbol have gained since each came, those that went again included.</param>
public sealed record ExternalView(string Symbol, string Asset, decimal Quantity, decimal Price, decimal Value, decimal Pnl);

/// <summary>A holding.</summary>
/// <param name="State">unknown (an order of it is being looked up), opening, open (without a confirmed stop), protected, reducing, closing, or dust.</param>
/// <param name="EntryPrice">On average, rounded to 8 decimals.</param>
/// <param name="Stop">0 when the trade has no stop by design.</param>
/// <param name="UnprotectedSeconds">How long it has lacked a confirmed stop so far, in seconds by the times of what the exchange reported: from each fill, and from each request to take the stop back, until the next stop was confirmed. The old stop may still have rested for a part of it, and the time goes on while the service is down, so that the position was without a stop for no longer than this, and often for less.</param>
/// <param name="StopRaisedBy">trailing or breakEven once the stop lies above the one with which the trade began; none before.</param>
/// <param name="PartsTaken">Parts sold on the way up, or being sold.</param>
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
    DateTime EntryTime,
    double UnprotectedSeconds,
    ExitReason StopRaisedBy,
    int PartsTaken);

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
/// <param name="Fee">Quote currency, whatever it was taken in.</param>
public sealed record FillView(long Sequence, DateTime Time, string Symbol, long OrderId, OrderSide Side, OrderPurpose Purpose, decimal Quantity, decimal Price, decimal Fee, ExitReason Exit);

/// <summary>A closed trade from entry to exit; its prices are averages, rounded to 8 decimals.</summary>
/// <param name="Pnl">After fees of both sides.</param>
/// <param name="UnprotectedSeconds">How long it lacked a confirmed stop, counted as that of a position, until it was sold.</param>
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
    ExitReason Exit,
    double UnprotectedSeconds);

/// <summary>A decision with its reasons.</summary>
/// <param name="Kind">bought, left, reduced, kept or refused.</param>
/// <param name="Text">One sentence in plain English.</param>
/// <param name="Regime">What the market was, in words; unknown where nobody told it.</param>
/// <param name="Strategy">The strategy whose signal it was; empty where nobody wrote it down.</param>
/// <param name="OrderId">The order that it led to; 0 when it led to none.</param>
/// <param name="RegimeRules">Version of the rules by which it was told; 0 where it was not, or before versions were written down.</param>
/// <param name="Features">Hash of the figures that the signal was judged by; empty where nobody made it.</param>
/// <param name="Model">Version of the model that spoke in it; empty where none did.</param>
public sealed record DecisionView(
    long Sequence,
    DateTime Time,
    string Symbol,
    string Kind,
    string Text,
    ImmutableArray<string> Votes,
    ImmutableArray<string> Checks,
    string Regime,
    int RegimeRules,
    string Strategy,
    long OrderId,
    string Features,
    string Model);

/// <summary>A decision with what became of it.</summary>
/// <param name="Text">One paragraph in plain English: what was decided, why, and what came of it.</param>
/// <param name="Fills">The trades of its order, as far as they are remembered.</param>
/// <param name="Trade">The closed trade that it began or ended; null while there is none.</param>
public sealed record DecisionRecordView(DecisionView Decision, string Text, ImmutableArray<FillView> Fills, TradeView? Trade);

/// <summary>Something that the owner should know.</summary>
/// <param name="Level">info, warning or alarm.</param>
public sealed record NoticeView(long Sequence, DateTime Time, string Level, string Text);

/// <summary>Equity at a moment, quote currency.</summary>
public sealed record EquityPoint(DateTime Time, double Equity);

/// <summary>What a group of closed trades has brought.</summary>
/// <param name="Name">The symbol, strategy, regime or reason of the exit.</param>
public sealed record ResultsView(string Name, TradeResults Results);

/// <summary>What an account has brought, each list of periods oldest first; money in quote currency.</summary>
/// <param name="Paid">What was paid in since it was opened or reset, less what was paid out.</param>
/// <param name="Total">All closed trades.</param>
/// <param name="ByRegime">By the regime in which was bought.</param>
public sealed record PerformanceView(
    decimal Paid,
    TradeResults Total,
    ImmutableArray<PeriodResult> Days,
    ImmutableArray<PeriodResult> Weeks,
    ImmutableArray<PeriodResult> Months,
    ImmutableArray<ResultsView> BySymbol,
    ImmutableArray<ResultsView> ByStrategy,
    ImmutableArray<ResultsView> ByRegime,
    ImmutableArray<ResultsView> ByExit);

/// <summary>What has happened to an account, each list oldest first.</summary>
/// <param name="Equity">The whole course, evenly spaced, whatever was asked for.</param>
public sealed record HistoryView(
    long Sequence,
    ImmutableArray<FillView> Fills,
    ImmutableArray<TradeView> Trades,
    ImmutableArray<DecisionView> Decisions,
    ImmutableArray<NoticeView> Notices,
    ImmutableArray<EquityPoint> Equity);
