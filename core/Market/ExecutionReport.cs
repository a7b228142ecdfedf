namespace OrleansTrader.Core.Market;

/// <summary>What happened to an order on the exchange. The zero value is the unsafe one: nobody knows.</summary>
public enum ReportKind : byte
{
    Unknown,
    Accepted,
    Rejected,
    Traded,
    Canceled,
    Expired,
    CancelRejected,

    /// <summary>Quote currency was paid in or out, by nobody's order: <see cref="ExecutionReport.Quantity"/>, below 0 for out, under the number <see cref="ExecutionReport.TradeId"/>.</summary>
    FundsMoved,

    /// <summary>
    /// Base currency of <see cref="ExecutionReport.Symbol"/> came or went, by no order of the account: <see cref="ExecutionReport.Quantity"/>, below 0 for
    /// out, valued at <see cref="ExecutionReport.Price"/>, or at the latest close where that is 0; numbered in one series with payments.
    /// </summary>
    HoldingMoved,

    /// <summary>Exchange and account say different things of orders in <see cref="ExecutionReport.Symbol"/>, however often both were asked: <see cref="ExecutionReport.Quantity"/> is how many.</summary>
    Differs,

    /// <summary>The stop of the position in <see cref="ExecutionReport.Symbol"/> was met and does not trade, as when the price has jumped over its limit.</summary>
    StopStuck,

    /// <summary>Time has passed for the position in <see cref="ExecutionReport.Symbol"/>, which may lack the order that it needs.</summary>
    Attention,

    /// <summary>The exchange has <see cref="ExecutionReport.Rules"/> for <see cref="ExecutionReport.Symbol"/> by now.</summary>
    Listed,

    /// <summary>The exchange does not trade <see cref="ExecutionReport.Symbol"/>, of which something is held.</summary>
    NotTraded,

    /// <summary>The exchange trades <see cref="ExecutionReport.Symbol"/> again.</summary>
    TradedAgain,
}

/// <summary>Why the exchange refused an order or let it expire.</summary>
public enum RejectReason : byte
{
    None,
    UnknownSymbol,
    DuplicateOrder,
    UnknownOrder,
    BadQuantity,
    BadPrice,
    BelowMinNotional,
    InsufficientBalance,
    WouldTriggerAtOnce,
    BudgetTooSmall,
    OtherLegFilled,
    NeverArrived,

    /// <summary>Said by the account: a position was without its stop for too long.</summary>
    NotInTime,

    /// <summary>For a reason that none of the others names; the exchange's own words are in the log.</summary>
    Refused,

    /// <summary>It is a dry run: nothing was sent.</summary>
    DryRun,

    /// <summary>An entry could not be sent in time; its price would be another one.</summary>
    TooLate,
}

/// <summary>One message of the exchange about one order, as an account books it.</summary>
public readonly record struct ExecutionReport
{
    public ReportKind Kind { get; init; }

    public long OrderId { get; init; }

    public OcoLeg Leg { get; init; }

    public RejectReason Reason { get; init; }

    /// <summary>True when nothing of the order is left to trade; trades struck before may still be under way, see <see cref="TradedInAll"/>.</summary>
    public bool IsLast { get; init; }

    /// <summary>UTC: when a trade was struck, or when the exchange spoke.</summary>
    public DateTime Time { get; init; }

    /// <summary>The exchange's number of the trade, above 0 and never reused; 0 on other reports.</summary>
    public long TradeId { get; init; }

    /// <summary>Base currency that this trade moved.</summary>
    public decimal Quantity { get; init; }

    public decimal Price { get; init; }

    /// <summary>In <see cref="FeeAsset"/>.</summary>
    public decimal Fee { get; init; }

    /// <summary>Base currency that the order had traded in all when this was said, this trade included; tells of trades whose reports are still under way. 0 when the exchange does not say.</summary>
    public decimal TradedInAll { get; init; }

    /// <summary>What the fee was taken in.</summary>
    public FeeAsset FeeAsset { get; init; }

    /// <summary>The fee in quote currency at the moment of the trade, where it was taken in something else.</summary>
    public decimal FeeValue { get; init; }

    /// <summary>Of what is said of no order; null on what is said of one.</summary>
    public string? Symbol { get; init; }

    /// <summary>Of a symbol that is <see cref="ReportKind.Listed"/>; null on other reports.</summary>
    public SymbolRules? Rules { get; init; }

    /// <summary>The order never reached the exchange, and is not wanted any more.</summary>
    /// <param name="cancel">What takes it back.</param>
    public static ExecutionReport WithdrawalOf(in OrderRequest cancel) =>
        new() { Kind = ReportKind.Canceled, OrderId = cancel.OrderId, Time = cancel.ActiveFrom, IsLast = true };
}
