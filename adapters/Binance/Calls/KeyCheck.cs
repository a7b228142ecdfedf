using OrleansTrader.Adapters.Binance.Rest;

namespace OrleansTrader.Adapters.Binance.Calls;

/// <summary>
/// Finds out what a key may do, by doing it: reading the account, then having an order checked that is never placed. The exchange
/// has one refusal for a wrong key, a wrong address and a missing permission; which it is shows in how far one gets.
/// </summary>
public sealed class KeyCheck(AccountCalls account, OrderCalls orders)
{
    private const string CannotTrade = "The key may read the account but not trade; allow 'Enable Spot & Margin Trading' for it at Binance.";

    /// <param name="rehearsal">An order as it would be placed; a refusal of the order itself, such as for its price, is no fault of the key.</param>
    public async Task<KeyReport> CheckAsync(OrderTicket rehearsal, CancellationToken cancellation = default)
    {
        var read = await account.AccountAsync(cancellation);
        if (!read.TryGet(out var view)) return new KeyReport(MayRead: false, MayTrade: false, MayWithdraw: false, read.Error!.Sentence);
        if (!view.CanTrade)
            return new KeyReport(MayRead: true, MayTrade: false, view.CanWithdraw, "Binance does not let this account trade at present; see the messages of the exchange there.");
        var problem = (await orders.TestAsync(rehearsal, cancellation)).Error switch
        {
            null or { Kind: BinanceErrorKind.Rejected } => null,
            { Kind: BinanceErrorKind.KeyRefused } => CannotTrade,
            var error => error.Sentence,
        };
        return new KeyReport(MayRead: true, MayTrade: problem is null, view.CanWithdraw, problem);
    }
}
