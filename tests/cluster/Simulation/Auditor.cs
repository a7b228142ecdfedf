#if !ORLEANS
using System.Globalization;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;
using OrleansTrader.Core.Risk;

namespace OrleansTrader.Cluster.Tests.Simulation;

/// <summary>Keeps its own account from the facts that are durable, and says when one does not add up.</summary>
internal sealed class Auditor(World world, RiskLimits configured, Func<string, DateTime, int, double[]> closes)
{
    private const decimal Rounding = 0.00000001m;

    private readonly HashSet<long> _orders = [];
    private readonly HashSet<(string? Symbol, long Id)> _trades = [];

    public AccountState State { get; } = new();

    public List<Fact> Facts { get; } = [];

    /// <summary>True when the journal has the order.</summary>
    public bool Knows(long orderId) => _orders.Contains(orderId);

    /// <summary>Takes a batch that is on the disk; one that it has seen is passed over.</summary>
    public void Take(JournalBatch batch)
    {
        if (batch.LastSequence <= State.Sequence) return;
        if (batch.FirstSequence != State.Sequence + 1) world.Violate($"facts from {batch.FirstSequence} follow on {State.Sequence}");
        // The marks of a batch are those by which its entries were judged.
        for (var slot = 0; slot < State.Positions.Count && slot < batch.Marks.Length; slot++) State.Positions[slot].Mark = batch.Marks[slot].Close;
        foreach (var fact in batch.Facts) Take(in fact);
        CheckBooks();
    }

    /// <summary>What must hold when a step is done and nothing is under way.</summary>
    public void CheckProtection()
    {
        if (State.Run != RunState.Running && State.Orders.Exists(order => order.Request.Purpose == OrderPurpose.Entry))
            world.Violate($"an entry still buys while the account is {State.Run}");
        foreach (var order in State.Orders.Where(order => order is { IsCancelRequested: true, EndsAt: null }))
            world.Violate($"the cancellation of order {order.Id} is forgotten");
        foreach (var position in State.Positions)
        {
            var sales = State.Orders.Where(order => order.Request.Side == OrderSide.Sell && string.Equals(order.Request.Symbol, position.Symbol, StringComparison.Ordinal)).Sum(order => order.Remaining);
            if (sales > position.Quantity) world.Violate($"orders sell {sales} {position.Symbol} where {position.Quantity} are held");
            if (position.IsExposed) world.Violate($"{position.Symbol} is held without protection");
            if (position.ProtectionOrderId == 0) continue;
            var order = State.Orders.Single(order => order.Id == position.ProtectionOrderId);
            var sold = position.Reduction + State.Orders.Where(other => other.Id == position.ReductionOrderId).Sum(other => other.Remaining);
            if (!order.IsCancelRequested && !order.IsStopGone && order.EndsAt is null && order.Remaining != (position.RestingRules ?? position.Rules).FloorToStep(position.Quantity - sold))
                world.Violate($"{position.Symbol} holds {position.Quantity} and protects {order.Remaining}");
        }
    }

    private void Take(in Fact fact)
    {
        world.Say(string.Create(CultureInfo.InvariantCulture, $"fact {State.Sequence + 1} {fact.Kind} {fact.Symbol} {fact.OrderId} {fact.Quantity} {fact.Price}"));
        if (fact.Kind == FactKind.OrderCreated && !_orders.Add(fact.OrderId)) world.Violate($"order {fact.OrderId} was created twice");
        if (fact.Kind == FactKind.Filled && !_trades.Add((fact.Symbol, fact.TradeId))) world.Violate($"trade {fact.TradeId} was booked twice");
        if (fact is { Kind: FactKind.OrderCreated, Purpose: OrderPurpose.Entry } && State.Run != RunState.Running) world.Violate($"order {fact.OrderId} enters while the account is {State.Run}");
        if (fact is { Kind: FactKind.OrderCreated, Purpose: OrderPurpose.Entry }) CheckEntry(in fact);
        if (fact.Kind == FactKind.StopRaised && fact.Stop <= State.Positions[Ledger.SlotOf(State, fact.Symbol!)].Stop) world.Violate($"the stop of {fact.Symbol} falls to {fact.Stop}");
        Ledger.Apply(State, in fact);
        foreach (var position in State.Positions.Where(position => position.Quantity < 0 || position.External < 0)) world.Violate($"{position.Symbol} holds {position.Quantity} and {position.External} of its owner");
        if (fact.Kind == FactKind.HoldingMissing) world.Violate($"{fact.Quantity} {fact.Symbol} went that nobody knew of");
        Facts.Add(fact);
    }

    /// <summary>An entry within every limit, by the auditor's own books.</summary>
    private void CheckEntry(in Fact fact)
    {
        var limits = LimitsNow();
        var (symbol, time, risk, equity) = (fact.Symbol!, fact.Time, State.Risk, State.EquityValue);
        var exposure = State.Reserved + State.Positions.Sum(position => position.Value);
        if (risk.IsKilled) Beyond("the kill switch is pulled");
        if (risk.Hits != LimitHits.None) Beyond($"{risk.Hits} is crossed");
        if (risk.Locks.Exists(known => known.Holds(symbol, time))) Beyond("a lock holds");
        if (fact.Amount > State.FreeCash) Beyond("it spends more than is free");
        if (fact.Amount > equity * limits.MaxPositionShare) Beyond("it is too large");
        // What joins a position opens none.
        if (State.Positions.Count(position => !position.IsIdle && !string.Equals(position.Symbol, symbol, StringComparison.Ordinal)) >= limits.MaxOpenPositions) Beyond("too many positions are open");
        if (limits.MaxExposure > 0 && exposure + fact.Amount > equity * limits.MaxExposure) Beyond("all positions together are too large");
        if (limits.MaxTradesPerDay > 0 && risk.Day == time.Date && risk.DayEntries >= limits.MaxTradesPerDay) Beyond("the day has had its entries");
        if (limits.MaxDailyLoss > 0 && equity <= risk.DayEquity * (1 - limits.MaxDailyLoss)) Beyond("the day has lost too much");
        if (limits.MaxSymbolExposure > 0 && PositionOf(symbol).Value + fact.Amount > (equity * limits.MaxSymbolExposure) + Rounding) Beyond("too much is in the symbol");
        if (limits.MaxClusterExposure > 0 && ClusterWith(symbol, time, limits) + fact.Amount > (equity * limits.MaxClusterExposure) + Rounding) Beyond("too much moves together");
        if (limits.VolatilityTarget > 0 && Volatility(symbol, time, limits) * (double)fact.Amount > (double)(equity * limits.VolatilityTarget) * (1 + 1e-9)) Beyond("it swings too much");
        if (limits.KellyFraction > 0 && fact.Stop > 0 && fact.Target > 0 && fact.Decision is { Signal: { } signal })
        {
            var evidence = double.IsNaN(signal.WinProbability) && signal.WinTrades < limits.KellyMinTrades;
            if (evidence || (signal.WinTrades > 0 && signal.WinTrades < limits.KellyMinTrades)) Beyond("nothing speaks for it");
        }

        if (limits.RiskPerTrade > 0 && fact.Stop > 0)
        {
            var price = (decimal)State.Positions.Single(position => string.Equals(position.Symbol, symbol, StringComparison.Ordinal)).Mark;
            if (fact.Amount * (price - fact.Stop) / price > (equity * limits.RiskPerTrade) + 0.00000001m) Beyond("its stop costs too much");
        }

        void Beyond(string why) => world.Violate($"an entry into {symbol} although {why}");
    }

    /// <summary>Read from the facts by hand: what the product makes of them is what is audited.</summary>
    private RiskLimits LimitsNow()
    {
        var limits = configured;
        foreach (var change in Facts.Where(fact => fact.Kind == FactKind.LimitsChanged).Select(fact => fact.Limits!))
        {
            foreach (var value in change.Values)
            {
                limits = value.Name switch
                {
                    nameof(RiskLimits.MaxClusterExposure) => limits with { MaxClusterExposure = Number(value) },
                    nameof(RiskLimits.MaxPositionShare) => limits with { MaxPositionShare = Number(value) },
                    nameof(RiskLimits.MaxExposure) => limits with { MaxExposure = Number(value) },
                    nameof(RiskLimits.MaxTradesPerDay) => limits with { MaxTradesPerDay = (int)Number(value) },
                    nameof(RiskLimits.CorrelationBars) => limits with { CorrelationBars = (int)Number(value) },
                    _ => limits,
                };
            }
        }

        return limits;

        static decimal Number(LimitValue value) => decimal.Parse(value.New, CultureInfo.InvariantCulture);
    }

    private Position PositionOf(string symbol) => State.Positions.Single(position => string.Equals(position.Symbol, symbol, StringComparison.Ordinal));

    /// <summary>What is in the symbol and in what moves with it, link by link; a pair of which too little is known counts as apart.</summary>
    private decimal ClusterWith(string symbol, DateTime time, RiskLimits limits)
    {
        var held = State.Positions.ToDictionary(
            position => position.Symbol,
            position => position.Value + State.Orders.Where(order => order.Request.Purpose == OrderPurpose.Entry && string.Equals(order.Request.Symbol, position.Symbol, StringComparison.Ordinal)).Sum(order => order.Reserved),
            StringComparer.Ordinal);
        HashSet<string> cluster = [symbol];
        while (held.FirstOrDefault(other => other.Value > 0 && !cluster.Contains(other.Key) && cluster.Any(known => Correlation(known, other.Key, time, limits.CorrelationBars) >= (double)limits.ClusterCorrelation)) is { Key: { } found }) cluster.Add(found);
        return cluster.Sum(known => held[known]);
    }

    private double Correlation(string first, string second, DateTime time, int bars)
    {
        var (x, y) = (ReturnsOf(first, time, bars), ReturnsOf(second, time, bars));
        if (x.Length != y.Length || 2 * x.Length < bars) return double.NaN;
        var (meanX, meanY) = (x.Average(), y.Average());
        return x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / Math.Sqrt(x.Sum(a => (a - meanX) * (a - meanX)) * y.Sum(b => (b - meanY) * (b - meanY)));
    }

    private double Volatility(string symbol, DateTime time, RiskLimits limits)
    {
        var returns = ReturnsOf(symbol, time, limits.VolatilityBars);
        if (2 * returns.Length < limits.VolatilityBars) return 0;
        var mean = returns.Average();
        return Math.Sqrt(returns.Sum(change => (change - mean) * (change - mean)) / (returns.Length - 1) * 24 * 365);
    }

    private double[] ReturnsOf(string symbol, DateTime time, int bars)
    {
        var prices = closes(symbol, time, bars + 1);
        return [.. prices.Skip(1).Zip(prices, (after, before) => Math.Log(after / before))];
    }

    /// <summary>Money was paid out that entries had counted on, and they are all being taken back.</summary>
    private bool IsShort() => State.Orders.TrueForAll(order => order.Request.Side == OrderSide.Sell || order.IsCancelRequested);

    private void CheckBooks()
    {
        var held = State.Orders.Where(order => order.Request.Side == OrderSide.Buy).Sum(order => order.Reserved);
        if (State.Reserved != held) world.Violate($"{State.Reserved} is reserved, but orders hold {held}");
        if (State.Reserved < 0 || (State.Reserved > State.Cash && !IsShort())) world.Violate($"{State.Reserved} of {State.Cash} is reserved");
        var cost = State.Positions.Sum(position => position.TotalCost + position.ExternalPaid);
        var earned = State.Positions.Sum(position => position.Record.RealisedPnl);
        if (State.Cash + cost != State.StartCash + State.Flows + earned) world.Violate($"cash {State.Cash} and cost {cost} are not start {State.StartCash}, payments {State.Flows} and profit {earned}");
    }
}
#endif
