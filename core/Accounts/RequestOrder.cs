using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Accounts;

/// <summary>The order in which requests leave for the exchange: what reduces or covers a position before what opens one.</summary>
public static class RequestOrder
{
    /// <summary>Lower goes first; equals keep their order.</summary>
    public static int RankOf(in OrderRequest request) => request switch
    {
        { Kind: RequestKind.Cancel } => 0,
        { Purpose: OrderPurpose.Exit or OrderPurpose.Protection or OrderPurpose.Reduction } => 1,
        _ => 2,
    };

    /// <summary>The number of ranks.</summary>
    public const int Ranks = 3;
}
