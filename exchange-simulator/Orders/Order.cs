using OrleansTrader.Core.Market;
using OrleansTrader.ExchangeSimulator.Accounts;
using OrleansTrader.ExchangeSimulator.Markets;

namespace OrleansTrader.ExchangeSimulator.Orders;

/// <summary>A trade of an order.</summary>
/// <param name="Id">The number of the trade in its symbol.</param>
internal sealed record Fill(long Id, decimal Price, decimal Quantity, decimal Commission, string CommissionAsset, DateTime Time, bool IsMaker);

/// <summary>A trade with oneself that was prevented.</summary>
internal sealed record PreventedMatch(long Id, Order Taker, Order Maker, decimal Price, decimal? TakerQuantity, decimal? MakerQuantity, SelfTradePrevention Mode, DateTime Time);

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

    /// <summary>Changed by a cancellation, which gives the order its own.</summary>
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

    public Hold? Hold { get; set; }

    /// <summary>How it trades; null until it is on the book.</summary>
    public EngineOrder? Engine { get; set; }

    /// <summary>What it waits for; null when for nothing.</summary>
    public PriceWatch? Watch { get; set; }

    /// <summary>When its stop began to follow the market; null when it does not or not yet.</summary>
    public DateTime? FollowingSince { get => Watch?.Following ?? field; set; }

    public decimal Remaining => Quantity - Executed - Prevented;

    /// <summary>What of it the book shows, base currency.</summary>
    public decimal Visible => Draft.IcebergQuantity > 0 ? Math.Min(Draft.IcebergQuantity, Remaining) : Remaining;

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
            if (!IsOpen || Status == OrderStatus.PendingNew) return 0;
            if (Side == OrderSide.Sell) return Remaining;
            if (HasLimit) return Remaining * Price;
            return IsWorking ? 0 : Remaining * Draft.StopPrice;
        }
    }

    public decimal Received(string asset) =>
        Fills.Sum(fill => (Side == OrderSide.Buy ? fill.Quantity : fill.Price * fill.Quantity) - (string.Equals(fill.CommissionAsset, asset, StringComparison.Ordinal) ? fill.Commission : 0));
}
