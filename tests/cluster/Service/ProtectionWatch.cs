using System.Globalization;
using OrleansTrader.Core.Market;
using OrleansTrader.ExchangeSimulator;

namespace OrleansTrader.Cluster.Tests.Service;

/// <summary>
/// Sees in the books of the exchange, with each move of a market and each request, for how long what an account holds has neither a stop that rests there nor a sale under way, while
/// its service is up. Too little for the exchange to take a stop of it counts as nothing.
/// </summary>
internal sealed class ProtectionWatch
{
    private readonly SimulatedExchange _exchange;
    private readonly Dictionary<string, DateTime> _bareSince = new(StringComparer.Ordinal);
    private DateTime? _upSince;

    public ProtectionWatch(SimulatedExchange exchange)
    {
        _exchange = exchange;
        _ = exchange.Do(() =>
        {
            var others = exchange.Floor.Concluded;
            exchange.Floor.Concluded = () =>
            {
                others?.Invoke();
                Look();
            };
            return true;
        });
    }

    /// <summary>The longest so far, in the time of the market.</summary>
    public TimeSpan Longest { get; private set; }

    /// <summary>Which that was, and what the exchange had of its symbol then, a line each; for whoever looks for the reason.</summary>
    public IReadOnlyList<string> Reason { get; private set; } = [];

    /// <summary>The symbols of which something is unprotected now.</summary>
    public IReadOnlyList<string> Bare => _exchange.Do(() => _bareSince.Keys.ToArray());

    private DateTime Now => _exchange.Floor.Time.Now;

    /// <summary>The service has come up.</summary>
    public void Begin() => _exchange.Do(() => _upSince = Now);

    /// <summary>The service is gone.</summary>
    public void End() => _exchange.Do(() =>
    {
        foreach (var (symbol, since) in _bareSince) Count(symbol, since);
        _upSince = null;
        return true;
    });

    private void Look()
    {
        var account = _exchange.Floor.Accounts[0];
        foreach (var market in _exchange.Floor.Markets.Values)
        {
            var held = account.Balances.TryGetValue(market.Rules.BaseAsset, out var balance) ? balance.Free + balance.Locked : 0;
            if (held == 0 && !_bareSince.ContainsKey(market.Symbol)) continue;
            // The target of a pair waits for a price that may never come.
            var covered = held == 0 ? 0 : _exchange.Floor.Register.OpenOf(account, market).Where(order => order.Side == OrderSide.Sell && (order.IsContingent || order.List is null)).Sum(order => order.Remaining);
            var bare = market.Rules.FloorToStep(held - covered);
            if (bare > 0 && bare * market.Last >= market.Rules.MinNotional) _bareSince.TryAdd(market.Symbol, Now);
            else if (_bareSince.Remove(market.Symbol, out var since)) Count(market.Symbol, since);
        }
    }

    private void Count(string symbol, DateTime since)
    {
        if (_upSince is not { } up) return;
        var length = Now - (since > up ? since : up);
        if (length <= Longest) return;
        Longest = length;
        var orders = _exchange.Floor.Register.Of(_exchange.Floor.Accounts[0], _exchange.Floor.Markets[symbol]).Where(order => order.Updated > since - TimeSpan.FromMinutes(2));
        Reason =
        [
            string.Create(CultureInfo.InvariantCulture, $"{symbol} was unprotected from {since:HH:mm:ss.f} to {Now:HH:mm:ss.f}; the service was up since {up:HH:mm:ss.f}"),
            .. orders.Select(order => string.Create(CultureInfo.InvariantCulture, $"  {order.Created:HH:mm:ss.f} {order.Side} {order.Kind} {order.ClientId} {order.OriginalClientId} {order.Executed} of {order.Quantity} {order.Status} {order.Updated:HH:mm:ss.f}")),
        ];
    }
}
