using System.Globalization;
using OrleansTrader.Adapters.Binance.Execution;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;
using OrleansTrader.Core.Risk;

namespace OrleansTrader.Cluster.Tests.Trading;

/// <summary>What the exchange to rehearse at has in its books of its first account, told without any fault.</summary>
/// <param name="names">What orders of the account are called.</param>
internal sealed class ExchangeBooks(ExchangeSimulator.SimulatedExchange exchange, OrderNames names)
{
    private readonly record struct Moment(ExchangePicture Picture, IReadOnlyList<(string Symbol, long Id)> Trades);

    /// <summary>Orders that came under one name more than once.</summary>
    public IReadOnlyList<string> Doubles => exchange.Do(() => exchange.Floor.Register.Orders
        .GroupBy(order => order.OriginalClientId.Length > 0 ? order.OriginalClientId : order.ClientId, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key).ToArray());

    /// <summary>How many orders, the legs of pairs each, and trades there were.</summary>
    public (long Orders, int Fills) Counts => exchange.Do(() => (exchange.Floor.Register.Placed, exchange.Floor.Register.Orders.Sum(order => order.Fills.Count)));

    /// <summary>Account and exchange have the same orders, trades and balances, and nothing was taken over that nobody had brought.</summary>
    /// <param name="facts">Reads all facts of the account, after the exchange was looked at.</param>
    /// <param name="brought">Amounts by asset that its owner has brought to the exchange or taken from it.</param>
    /// <returns>A sentence for each thing in which they differ.</returns>
    public List<string> DifferencesFrom(Func<IReadOnlyList<Fact>> facts, IReadOnlyDictionary<string, decimal> brought)
    {
        var now = exchange.Do(() => new Moment(Picture, [.. exchange.Floor.Register.Orders.SelectMany(order => order.Fills.Select(fill => (order.Market.Symbol, fill.Id)))]));
        var (state, written) = (new AccountState(), facts());
        foreach (var fact in written) Ledger.Apply(state, in fact);
        var found = new List<string>();
        var differences = Reconciliation.Compare(state, now.Picture);
        if (!differences.IsNone) found.Add(differences.Describe());
        if (differences.Foreign.Length > 0) found.Add($"{differences.Foreign.Length} orders at the exchange are none of the account's");
        foreach (var fact in written.Where(fact => fact is { Kind: FactKind.LockSet, Lock.Reason: LockReason.Difference })) found.Add(fact.Lock!.Describe());
        var booked = written.Where(fact => fact.Kind == FactKind.Filled).Select(fact => (fact.Symbol!, fact.TradeId)).ToHashSet();
        foreach (var (symbol, id) in now.Trades.Where(trade => !booked.Remove(trade))) found.Add($"trade {id} in {symbol} is not booked");
        foreach (var (symbol, id) in booked) found.Add($"trade {id} in {symbol} never was");
        foreach (var rules in state.Positions.Select(position => position.Rules))
        {
            var coins = written.Where(fact => fact.Kind == FactKind.HoldingMoved && string.Equals(fact.Symbol, rules.Symbol, StringComparison.Ordinal)).Sum(fact => fact.Quantity);
            TellMoved(found, rules.BaseAsset, coins, brought);
        }

        if (state.Positions.Count > 0) TellMoved(found, state.Positions[0].Rules.QuoteAsset, written.Where(fact => fact.Kind == FactKind.FundsMoved).Sum(fact => fact.Amount), brought);
        return found;
    }

    private ExchangePicture Picture
    {
        get
        {
            var orders = exchange.Floor.Register.Orders.Where(order => order.IsOpen).Select(order =>
            {
                var isOwn = names.TryParse(order.ClientId, out var id, out var leg);
                return new RestingOrder(isOwn ? id : 0, order.Market.Symbol, order.ClientId, OrderSide.None, leg, order.Quantity, order.Executed);
            });
            var account = exchange.Floor.Accounts[0];
            return new ExchangePicture([.. orders], [.. account.Balances.Select(balance => new OwnedAsset(balance.Key, balance.Value.Free + balance.Value.Locked))], []);
        }
    }

    private static void TellMoved(List<string> found, string asset, decimal moved, IReadOnlyDictionary<string, decimal> brought)
    {
        if (moved != brought.GetValueOrDefault(asset)) found.Add(string.Create(CultureInfo.InvariantCulture, $"{moved} {asset} was taken over, and {brought.GetValueOrDefault(asset)} brought"));
    }
}
