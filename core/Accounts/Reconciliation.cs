using System.Collections.Immutable;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Accounts;

/// <summary>Compares an account with what its exchange says of it.</summary>
public static class Reconciliation
{
    /// <summary>So little of an asset is how the exchange rounds.</summary>
    private const decimal Rounding = 0.0000001m;

    /// <summary>Orders of which nobody knows yet whether they arrived are no difference: they are being looked up.</summary>
    public static Differences Compare(AccountState account, ExchangePicture picture) => new(
        [.. account.Orders.Where(order => order.Status == OrderStatus.Accepted && !IsThere(in order, picture)).Select(order => order.Request)],
        [.. picture.Orders.Where(resting => resting.OrderId > 0 && Ledger.IndexOfOrder(account, resting.OrderId) < 0)],
        [.. picture.Orders.Where(resting => resting.OrderId == 0)],
        [.. AssetsOf(account, picture).Where(asset => Math.Abs(asset.Surplus) > Rounding)])
    {
        Stuck = [.. picture.Orders.Where(resting => resting.IsTriggered && resting.OrderId > 0 && Ledger.IndexOfOrder(account, resting.OrderId) >= 0)],
        Unwritten = picture.LastOrderId >= account.NextOrderId ? picture.LastOrderId : 0,
    };

    /// <summary>The reports by which an account takes over rules that the exchange has changed.</summary>
    public static IEnumerable<ExecutionReport> Listings(AccountState account, ExchangePicture picture) => picture.Rules
        .Where(rules => Ledger.SlotOf(account, rules.Symbol) is >= 0 and var slot && account.Positions[slot].Rules != rules)
        .Select(rules => new ExecutionReport { Kind = ReportKind.Listed, Symbol = rules.Symbol, Rules = rules, Time = picture.Time });

    /// <summary>The reports by which an account takes over amounts that nothing of its own explains.</summary>
    /// <param name="picture">From which the differences are, for its prices.</param>
    /// <param name="time">UTC.</param>
    public static IEnumerable<ExecutionReport> Adoption(AccountState account, Differences differences, ExchangePicture picture, DateTime time)
    {
        var number = account.LastFlowId;
        foreach (var asset in differences.Assets)
        {
            yield return new ExecutionReport
            {
                Kind = asset.Symbol is null ? ReportKind.FundsMoved : ReportKind.HoldingMoved,
                TradeId = ++number,
                Symbol = asset.Symbol,
                Quantity = asset.Surplus,
                Price = asset.Symbol is null ? 0 : picture.PriceOf(asset.Symbol),
                Time = time,
            };
        }
    }

    /// <summary>The reports that keep symbols from new positions whose orders stay different.</summary>
    /// <param name="time">UTC.</param>
    public static IEnumerable<ExecutionReport> Locks(Differences differences, DateTime time) =>
        differences.Symbols.Select(differing => new ExecutionReport { Kind = ReportKind.Differs, Symbol = differing.Symbol, Quantity = differing.Count, Time = time });

    private static bool IsThere(in OpenOrder order, ExchangePicture picture)
    {
        var (legs, traded, id, isTriggered) = (0, 0m, order.Id, order.IsStopTriggered);
        foreach (var resting in picture.Orders)
        {
            if (resting.OrderId != id) continue;
            legs++;
            traded += resting.Traded;
            isTriggered |= resting.IsTriggered;
        }

        var wanted = order is { Request.Type: OrderType.Oco, IsStopGone: false } && !isTriggered ? 2 : 1;
        return legs >= wanted && traded == order.Traded;
    }

    private static IEnumerable<AssetDifference> AssetsOf(AccountState account, ExchangePicture picture)
    {
        if (account.Positions.Count == 0) yield break;
        var quote = account.Positions[0].Rules.QuoteAsset;
        yield return new AssetDifference(quote, Symbol: null, account.Cash + account.PaidElsewhere, picture.Of(quote));
        foreach (var position in account.Positions.Where(position => picture.IsTraded(position.Symbol)))
            yield return new AssetDifference(position.Rules.BaseAsset, position.Symbol, position.TotalQuantity + position.External, picture.Of(position.Rules.BaseAsset));
    }
}
