using OrleansTrader.ExchangeSimulator.Accounts;
using OrleansTrader.ExchangeSimulator.Orders;

namespace OrleansTrader.ExchangeSimulator.Api;

/// <summary>What an account may ask about itself.</summary>
internal static class AccountOperations
{
    private const decimal BasisPoints = 10_000;
    private const long FirstUid = 100_000_000;

    public static IEnumerable<Operation> All =>
    [
        Read("account.status", "account", _ => 20, ["omitZeroBalances"], Status),
        Read("account.commission", "account/commission", _ => 20, ["symbol"], call =>
        {
            var market = call.Market();
            return wire =>
            {
                wire.Open();
                CommissionJson.ForSymbol(wire, call.Account.Options, market.Symbol);
                wire.Close();
            };
        }),
        Read("account.rateLimits.orders", "rateLimit/order", _ => 40, [], call => wire =>
        {
            var (tenSeconds, day) = call.Limits.OrdersOf(call.Account);
            wire.OpenList();
            SymbolJson.Limit(wire, "ORDERS", "SECOND", 10, call.Limits.Options.OrdersPer10Seconds, tenSeconds);
            SymbolJson.Limit(wire, "ORDERS", "DAY", 1, call.Limits.Options.OrdersPerDay, day);
            wire.CloseList();
        }),
        Read("myTrades", "myTrades", p => p.Has("orderId") ? 5 : 20, ["symbol", "orderId", "startTime", "endTime", "fromId", "limit"], Trades),
        Read("myPreventedMatches", "myPreventedMatches", p => p.Has("orderId") ? 20 : 2, ["symbol", "preventedMatchId", "orderId", "fromPreventedMatchId", "limit"], PreventedMatches),
        // Allocations come of smart routing, which this exchange does not have.
        Read("myAllocations", "myAllocations", _ => 20, ["symbol", "startTime", "endTime", "fromAllocationId", "limit", "orderId"], call =>
        {
            call.Market();
            TradeOperations.Span(call.Parameters);
            return wire =>
            {
                wire.OpenList();
                wire.CloseList();
            };
        }),
        Read("myFilters", "myFilters", _ => 40, ["symbol"], call =>
        {
            var market = call.Market();
            return wire =>
            {
                wire.Open();
                wire.OpenList("exchangeFilters");
                wire.CloseList();
                SymbolJson.Filters(wire, "symbolFilters", market.Filters);
                wire.OpenList("assetFilters");
                wire.CloseList();
                wire.Close();
            };
        }),
        // Not of the spot documentation: the exchange tells there what a key may do.
        Read("", "account/apiRestrictions", _ => 1, [], Restrictions) with { Path = "/sapi/v1/account/apiRestrictions" },
    ];

    private static Operation Read(string name, string path, Func<Parameters, int> weight, IEnumerable<string> names, Func<Call, Action<Wire>> prepare) =>
        TradeOperations.Signed(name, "GET", path, Security.UserData, weight, names, prepare);

    private static Action<Wire> Status(Call call)
    {
        var omitsZero = call.Parameters.Flag("omitZeroBalances", otherwise: false);
        return wire =>
        {
            var account = call.Account;
            var rates = account.Options.Standard;
            var (since, balances) = account.History.At(call.Floor.Time.Now - call.Floor.Faults.DrawBalanceLag());
            wire.Open();
            wire.Number("makerCommission", (long)(rates.Maker * BasisPoints));
            wire.Number("takerCommission", (long)(rates.Taker * BasisPoints));
            wire.Number("buyerCommission", (long)(rates.Buyer * BasisPoints));
            wire.Number("sellerCommission", (long)(rates.Seller * BasisPoints));
            CommissionJson.Rates(wire, "commissionRates", rates);
            wire.Flag("canTrade", account.CanTrade);
            wire.Flag("canWithdraw", call.Key!.CanWithdraw);
            wire.Flag("canDeposit", value: true);
            wire.Flag("brokered", value: false);
            wire.Flag("requireSelfTradePrevention", value: false);
            wire.Flag("preventSor", value: false);
            wire.Time("updateTime", since);
            wire.Text("accountType", "SPOT");
            BalanceJson.Write(wire, balances, omitsZero);
            wire.OpenList("permissions");
            wire.Text("SPOT");
            wire.CloseList();
            wire.Number("uid", FirstUid + account.Id);
            wire.Close();
        };
    }

    private static Action<Wire> Trades(Call call)
    {
        var parameters = call.Parameters;
        var market = call.Market();
        var (orderId, fromId) = (parameters.Number("orderId"), parameters.Number("fromId"));
        var (start, end) = TradeOperations.Span(parameters);
        if ((start ?? end) is not null && (orderId ?? fromId) is not null) throw new Refusal(-1128, "Combination of optional parameters invalid.");
        var limit = TradeOperations.Limit(parameters);
        return wire =>
        {
            var trades = call.Floor.Register.Of(call.Account, market)
                .Where(order => orderId is null || order.Id == orderId)
                .SelectMany(order => order.Fills, (order, fill) => (Order: order, Fill: fill))
                .Where(trade => !(trade.Fill.Id < fromId) && !(trade.Fill.Time < start) && !(trade.Fill.Time > end))
                .OrderBy(trade => trade.Fill.Id);
            wire.OpenList();
            foreach (var (order, fill) in TradeOperations.Page(trades, fromId is not null || start is not null, limit))
            {
                wire.Open();
                OrderJson.Trade(wire, order, fill);
                wire.Close();
            }

            wire.CloseList();
        };
    }

    private static Action<Wire> PreventedMatches(Call call)
    {
        var parameters = call.Parameters;
        var market = call.Market();
        var (id, orderId, from) = (parameters.Number("preventedMatchId"), parameters.Number("orderId"), parameters.Number("fromPreventedMatchId"));
        if ((id ?? orderId) is null) throw new Refusal(-1128, "Combination of optional parameters invalid.");
        var limit = TradeOperations.Limit(parameters);
        return wire =>
        {
            var matches = call.Floor.Register.Of(call.Account, market).SelectMany(order => order.PreventedMatches).Distinct()
                .Where(match => (id is null || match.Id == id) && (orderId is null || match.Taker.Id == orderId || match.Maker.Id == orderId) && !(match.Id < from))
                .OrderBy(match => match.Id);
            wire.OpenList();
            foreach (var match in matches.Take(limit)) Match(wire, match);
            wire.CloseList();
        };
    }

    private static void Match(Wire wire, PreventedMatch match)
    {
        wire.Open();
        wire.Text("symbol", match.Taker.Market.Symbol);
        wire.Number("preventedMatchId", match.Id);
        wire.Number("takerOrderId", match.Taker.Id);
        wire.Text("makerSymbol", match.Maker.Market.Symbol);
        wire.Number("makerOrderId", match.Maker.Id);
        wire.Number("tradeGroupId", match.Taker.Account.Options.TradeGroup);
        wire.Term("selfTradePreventionMode", match.Mode);
        wire.Amount("price", match.Price);
        if (match.TakerQuantity is { } taker) wire.Amount("takerPreventedQuantity", taker);
        if (match.MakerQuantity is { } maker) wire.Amount("makerPreventedQuantity", maker);
        wire.Time("transactTime", match.Time);
        wire.Close();
    }

    private static Action<Wire> Restrictions(Call call)
    {
        if (!call.Floor.Options.Assumptions.TellsKeyRights) throw new Refusal(-1020, "This operation is not supported.", 404);
        return wire => Restrictions(wire, call.Key!);
    }

    private static void Restrictions(Wire wire, KeyOptions key)
    {
        wire.Open();
        wire.Flag("ipRestrict", key.AllowedIps.Count > 0);
        wire.Flag("enableReading", key.CanRead);
        wire.Flag("enableSpotAndMarginTrading", key.CanTrade);
        wire.Flag("enableWithdrawals", key.CanWithdraw);
        wire.Flag("enableInternalTransfer", value: false);
        wire.Flag("permitsUniversalTransfer", value: false);
        wire.Flag("enableMargin", value: false);
        wire.Flag("enableFutures", value: false);
        wire.Close();
    }
}
