using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Accounts;

/// <summary>What the refusal of a sale or a protection tells of it.</summary>
internal static class RefusedOrder
{
    /// <summary>
    /// False where what was to be sold or protected is worth so much, by the account's own figures, that an exchange which calls it too
    /// small must be mistaken about the price. A sale may be of a part: what counts then is all that is held.
    /// </summary>
    public static bool IsSmall(Position position, in OrderRequest request) =>
        (request.Purpose == OrderPurpose.Exit ? position.Quantity : request.Quantity) * Exact.Greatest(request.StopPrice, position.MarkPrice) < 2 * position.Rules.MinNotional;

    /// <summary>True for one that was refused for its prices, its size or its worth, where these would be others by now: the rules have changed, or what is held.</summary>
    /// <param name="isUnwanted">It was to be taken back, since it was not of the right size any more.</param>
    public static bool IsOutdated(AccountState state, Position position, in OrderRequest request, bool isUnwanted, RejectReason reason) => (request.Purpose, reason) switch
    {
        (OrderPurpose.Protection, RejectReason.InsufficientBalance) => isUnwanted,
        (OrderPurpose.Protection, RejectReason.BadPrice or RejectReason.BadQuantity) =>
            request.StopPrice != position.StopOn(position.Rules) || request.LimitPrice != position.TargetOnTick || request.Quantity != Exposure.ToProtect(state, position, position.Rules),
        (OrderPurpose.Protection, RejectReason.BelowMinNotional) => request.Quantity < Exposure.ToProtect(state, position, position.Rules),
        (OrderPurpose.Exit, RejectReason.BadQuantity) => request.Quantity != Exposure.ToSell(position),
        _ => false,
    };
}
