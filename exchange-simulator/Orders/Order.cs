using OrleansTrader.Core.Market;
using OrleansTrader.ExchangeSimulator.Accounts;
using OrleansTrader.ExchangeSimulator.Markets;

namespace OrleansTrader.ExchangeSimulator.Orders;

/// <summary>A trade of an order.</summary>
/// <param name="Id">The number of the trade in its symbol.</param>
internal sealed record Fill(long Id, decimal Price, decimal Quantity, decimal Commission, string CommissionAsset, DateTime Time, bool IsMaker);

/// <summary>A trade with oneself that was prevented.</summary>
internal sealed record PreventedMatch(long Id, Order Taker, Order Maker, decimal Price, decimal? TakerQuantity, decimal? MakerQuantity, SelfTradePrevention Mode, DateTime Time);

/// <summary>A change of an order's quantity, base currency.</summary>
/// <param name="Execution">The number of the execution that told of it.</param>
internal sealed record Amendment(long Execution, string OldId, string NewId, decimal OldQuantity, decimal NewQuantity, DateTime Time);

/// <summary>An order as the exchange keeps it, from its placement on for ever.</summary>
internal sealed class Order(long id, Account account, SymbolMarket market, OrderDraft draft, DateTime created)
{
    public long Id { get; } = id;

    public Account Account { get; } = account;

    public SymbolMarket Market { get; } = market;

    public OrderDraft Draft { get; } = draft;

    public OrderSide Side => Draft.Side;

    public OrderKind Kind => Draft.Kind;

    public decimal Price => Draft.Price;

    public SelfTradePrevention SelfTrade => Draft.SelfTrade ?? SelfTradePrevention.ExpireMaker;

    public TimeInForce TimeInForce => Draft.TimeInForce ?? TimeInForce.Gtc;

    /// <summary>Changed by a cancellation and by an amendment, which give the order their own.</summary>
    public required string ClientId { get; set; }

    /// <summary>The id before the cancellation; empty until then.</summary>
    public string OriginalClientId { get; set; } = "";

    public OrderList? List { get; set; }

    /// <summary>Base currency; of an order by value what the value buys.</summary>
    public decimal Quantity { get; set; } = draft.Quantity;

    public decimal Executed { get; set; }

    /// <summary>Quote currency of all trades.</summary>
    public decimal ExecutedValue { get; set; }

    public decimal Prevented { get; set; }

    public OrderStatus Status { get; set; } = OrderStatus.New;

    public ExpiryReason Expiry { get; set; }

    public DateTime Created { get; } = created;

    public DateTime Updated { get; set; } = created;

    /// <summary>When it came on the book; null until then.</summary>
    public DateTime? WorkingSince { get; set; }

    public bool IsWorking => WorkingSince is not null;

    public List<Fill> Fills { get; } = [];

    public List<PreventedMatch> PreventedMatches { get; } = [];

    /// <summary>Oldest first.</summary>
    public List<Amendment> Amendments { get; } = [];

    public Hold? Hold { get; set; }

    /// <summary>How it trades; null until it is on the book.</summary>
    public EngineOrder? Engine { get; set; }

    /// <summary>What it waits for; null when for nothing.</summary>
    public PriceWatch? Watch { get; set; }

    /// <summary>When its stop began to follow the market; null when it does not or not yet.</summary>
    public DateTime? FollowingSince { get => Watch?.Following ?? field; set; }

    public decimal Remaining => Quantity - Executed - Prevented;

    /// <summary>Its place among those who wait at its price: the lower, the earlier it trades.</summary>
    public long Place { get; set; }

    /// <summary>What of it the book shows, base currency.</summary>
    public decimal Visible => Draft.IcebergQuantity > 0 ? Math.Min(Part, Remaining) : Remaining;

    public bool IsOpen => Status is OrderStatus.New or OrderStatus.PendingNew or OrderStatus.PartiallyFilled;

    public bool IsContingent => Kind is OrderKind.StopLoss or OrderKind.StopLossLimit or OrderKind.TakeProfit or OrderKind.TakeProfitLimit;

    /// <summary>Trades at a limit of its own, rather than at any price.</summary>
    public bool HasLimit => Kind is not (OrderKind.Market or OrderKind.StopLoss or OrderKind.TakeProfit);

    public string HeldAsset => Side == OrderSide.Buy ? Market.Rules.QuoteAsset : Market.Rules.BaseAsset;

    /// <summary>What must be locked for it now.</summary>
    public decimal Need
    {
        get
        {
            if (!IsOpen || (Status == OrderStatus.PendingNew && !LocksAhead)) return 0;
            if (Side == OrderSide.Sell) return Remaining;
            if (HasLimit) return Remaining * Price;
            return IsWorking ? 0 : Remaining * Draft.StopPrice;
        }
    }

    /// <summary>It locks what it needs while it still waits for another order.</summary>
    public bool LocksAhead => Market.Assumptions.LocksPendingLegs && List is { PaysOut: false };

    /// <summary>What an iceberg shows before it shows the next part.</summary>
    private decimal Part { get; set; } = draft.IcebergQuantity;

    /// <summary>Takes a trade from what the book shows; true when an iceberg has to show its next part.</summary>
    public bool TakeVisible(decimal quantity)
    {
        if (Draft.IcebergQuantity == 0) return false;
        var left = Part - quantity;
        Part = left > 0 ? left : Draft.IcebergQuantity + (left % Draft.IcebergQuantity);
        return left <= 0;
    }

    public decimal Received(string asset) =>
        Fills.Sum(fill => (Side == OrderSide.Buy ? fill.Quantity : fill.Price * fill.Quantity) - (string.Equals(fill.CommissionAsset, asset, StringComparison.Ordinal) ? fill.Commission : 0));
}
