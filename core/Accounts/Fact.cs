using System.Runtime.CompilerServices;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;

namespace OrleansTrader.Core.Accounts;

/// <summary>What kind of thing happened to an account.</summary>
public enum FactKind : byte
{
    None,
    AccountOpened,
    SymbolListed,
    RunStateChanged,
    EntryRefused,
    ExitStarted,
    OrderCreated,
    OrderAccepted,
    OrderRejected,
    OrderUnknown,
    CancelRequested,
    CancelRefused,
    Filled,
    StopLegGone,
    OrderEnding,
    OrderClosed,
    PositionClosed,
    ProtectionLost,
    DustLeft,
    TermsChanged,

    /// <summary>What was too little to be sold is worth enough again.</summary>
    DustTaken,

    /// <summary>A UTC day began, with so much equity.</summary>
    DayBegan,

    /// <summary>A watched limit was crossed.</summary>
    LimitHit,
    LimitLifted,
    LockSet,
    LockLifted,
    KillSwitchPulled,
    KillSwitchReleased,

    /// <summary>Quote currency was paid in or out.</summary>
    FundsMoved,

    /// <summary>A paper account began anew.</summary>
    AccountReset,

    /// <summary>The stop of a position lies higher from now on.</summary>
    StopRaised,

    /// <summary>A part of a position is to be sold.</summary>
    ReductionStarted,

    /// <summary>Somebody has set limits.</summary>
    LimitsChanged,

    /// <summary>A round of rebalancing began.</summary>
    RebalanceRound,
    RebalanceEnded,

    /// <summary>Base currency came or went by no order of the account.</summary>
    HoldingMoved,

    /// <summary>More went than the account knew of.</summary>
    HoldingMissing,

    /// <summary>A bar without a wish to buy came after a refused one.</summary>
    RefusalEnded,

    /// <summary>Somebody asked something of the account.</summary>
    CommandGiven,

    /// <summary>A strategy that looked at its position has held a wish back or failed, or does so no more.</summary>
    PositionLooked,

    /// <summary>The account trades real money from now on, and may cost so much an entry on its first day.</summary>
    RealMoney,

    /// <summary>Its owner lets it open positions with real money.</summary>
    Armed,

    /// <summary>It opens none until it is armed again.</summary>
    Disarmed,
}

/// <summary>
/// One thing that happened to an account, and the only thing that changes it. A single wide struct for all kinds, so that
/// a backtest makes millions of them without allocation; a journal line holds only the fields that are set.
/// </summary>
/// <remarks>The sequence number under which a journal keeps it is its idempotency key; a fill is keyed by its trade id as well.</remarks>
public readonly record struct Fact
{
    public FactKind Kind { get; init; }

    /// <summary>UTC.</summary>
    public DateTime Time { get; init; }

    public string? Symbol { get; init; }

    public long OrderId { get; init; }

    public long TradeId { get; init; }

    public OcoLeg Leg { get; init; }

    public RejectReason Reason { get; init; }

    public RefusalCode Refusal { get; init; }

    public ExitReason Exit { get; init; }

    public RunState Run { get; init; }

    /// <summary>Base currency; of what came or went by no order below 0 for what went.</summary>
    public decimal Quantity { get; init; }

    /// <summary>Of a fill, at which base currency that came or went is valued, or the average exit price of a closed position.</summary>
    public decimal Price { get; init; }

    /// <summary>Average entry price of a closed position.</summary>
    public decimal EntryPrice { get; init; }

    public DateTime EntryTime { get; init; }

    /// <summary>
    /// Quote currency: start cash, the budget of a market buy, what an entry may cost on the first day with real money (0: anything), the profit or loss of a closed position, the equity from which is counted anew,
    /// the value of a fee that was not taken in quote currency, or what was paid in (below 0: out).
    /// </summary>
    public decimal Amount { get; init; }

    /// <summary>In <see cref="FeeAsset"/>; of a closed position in quote currency.</summary>
    public decimal Fee { get; init; }

    /// <summary>The fill ends its order: every trade of it is booked.</summary>
    public bool IsLast { get; init; }

    public OrderSide Side { get; init; }

    public OrderType Type { get; init; }

    public OrderPurpose Purpose { get; init; }

    /// <summary>Stop price of an OCO or stop order, the stop that an entry will be given, or the one that a position has from now on; 0 for none.</summary>
    public decimal Stop { get; init; }

    /// <summary>Limit price of an OCO, or the target that an entry will be given; 0 for none.</summary>
    public decimal Target { get; init; }

    /// <summary>The market source that an opened account is bound to.</summary>
    public string? Market { get; init; }

    /// <summary>The settings that it trades by from now on.</summary>
    public string? Terms { get; init; }

    public Interval Interval { get; init; }

    public SymbolRules? Rules { get; init; }

    /// <summary>The watched limit that was crossed.</summary>
    public LimitBreach? Breach { get; init; }

    /// <summary>The lock that was set or lifted.</summary>
    public TradingLock? Lock { get; init; }

    /// <summary>The strategy that trades from now on.</summary>
    public string? Strategy { get; init; }

    /// <summary>Quote currency: what the account was worth before money or coins were paid in or out.</summary>
    public decimal Equity { get; init; }

    /// <summary>The limits that were set.</summary>
    public LimitsChange? Limits { get; init; }

    /// <summary>Why; null where nobody asked for explanations, as in a backtest.</summary>
    public Decision? Decision { get; init; }

    /// <summary>What the fee of a fill was taken in.</summary>
    public FeeAsset FeeAsset { get; init; }

    /// <summary>How long a closed position lacked a confirmed stop.</summary>
    public TimeSpan Unprotected { get; init; }

    /// <summary>Who asked for what, and from where.</summary>
    public AccountCommand? Command { get; init; }

    /// <summary>What came of a strategy's look at its position.</summary>
    public LookOutcome Look { get; init; }

    /// <summary>The fee of a fill in quote currency.</summary>
    public decimal FeeValue => FeeAsset == FeeAsset.Quote ? Fee : Amount;

    /// <summary>What an <see cref="FactKind.OrderCreated"/> asks of the exchange.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public OrderRequest ToRequest() => new()
    {
        Kind = RequestKind.Place,
        OrderId = OrderId,
        Symbol = Symbol!,
        Side = Side,
        Type = Type,
        Purpose = Purpose,
        Quantity = Quantity,
        Budget = Amount,
        LimitPrice = Type == OrderType.Oco ? Target : 0,
        StopPrice = Type is OrderType.Oco or OrderType.Stop ? Stop : 0,
        ActiveFrom = Time,
        IsUrgent = Exit == ExitReason.KillSwitch,
    };
}
