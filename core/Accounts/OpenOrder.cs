using System.Diagnostics.CodeAnalysis;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Accounts;

/// <summary>What the account knows of an order's arrival at the exchange.</summary>
public enum OrderStatus : byte
{
    /// <summary>Written down, perhaps sent; nobody knows whether the exchange has it.</summary>
    Unknown,

    /// <summary>The exchange has confirmed it.</summary>
    Accepted,
}

/// <summary>An order that is not finished.</summary>
public record struct OpenOrder
{
    private OrderRequest _request;

    /// <summary>What was asked of the exchange, and would be asked again if it never arrived.</summary>
    public OrderRequest Request
    {
        readonly get => _request;
        set => _request = value;
    }

    public OrderStatus Status { get; set; }

    /// <summary>When the account asked for its cancellation, UTC; the default value if it did not.</summary>
    public DateTime CancelTime { get; set; }

    /// <summary>The number of the fact that asked for it; cancellations are asked for again in this order.</summary>
    public long CancelSequence { get; set; }

    /// <summary>Base currency traded so far.</summary>
    public decimal Traded { get; set; }

    /// <summary>Quote currency that it still holds back from other orders; 0 for sells.</summary>
    public decimal Reserved { get; set; }

    /// <summary>Budget of a market buy that is not yet spent.</summary>
    public decimal BudgetLeft { get; set; }

    /// <summary>When it last traded, UTC; the default value if it never did.</summary>
    public DateTime LastTradeTime { get; set; }

    /// <summary>True once the exchange has dropped the stop leg of an OCO because its target began to trade.</summary>
    public bool IsStopGone { get; set; }

    /// <summary>True once the stop has begun to trade: what is left trades at the market.</summary>
    public bool IsStopTriggered { get; set; }

    /// <summary>Set when the exchange has ended the order while trades of it are still to be reported: what it had traded in all.</summary>
    public decimal? EndsAt { get; set; }

    /// <summary>The exchange was asked, and nobody knows whether that arrived.</summary>
    public bool IsInDoubt { get; set; }

    public readonly long Id => Request.OrderId;

    /// <summary><see cref="Request"/> without a copy of it.</summary>
    [UnscopedRef]
    internal readonly ref readonly OrderRequest RequestInPlace => ref _request;

    public readonly bool IsCancelRequested => CancelTime != default;

    /// <summary>Base currency left to trade; 0 for a market buy, which counts in money.</summary>
    public readonly decimal Remaining => Request.Quantity == 0 ? 0 : Request.Quantity - Traded;

    /// <summary>Why what it sells is sold.</summary>
    internal readonly ExitReason ReasonOfSale(OcoLeg leg, Position position)
    {
        if (leg == OcoLeg.Target) return ExitReason.Target;
        if (leg == OcoLeg.Stop || _request.Type == OrderType.Stop) return ReasonOfStop(position);
        return _request.Purpose == OrderPurpose.Reduction ? position.ReducedBy : position.Leaving;
    }

    /// <summary>The stop that trades may be one that was about to be raised.</summary>
    private readonly ExitReason ReasonOfStop(Position position) =>
        position.StopRaisedBy == ExitReason.None || _request.StopPrice <= position.FirstStop ? ExitReason.Stop : position.StopRaisedBy;
}
