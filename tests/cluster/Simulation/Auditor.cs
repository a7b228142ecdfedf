#if !ORLEANS
using System.Globalization;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;
using OrleansTrader.Core.Risk;

namespace OrleansTrader.Cluster.Tests.Simulation;

/// <summary>Keeps its own account from the facts that are durable, and says when one does not add up.</summary>
internal sealed class Auditor(World world)
{
    private readonly HashSet<long> _orders = [];
    private readonly HashSet<long> _trades = [];

    public AccountState State { get; } = new();

    public List<Fact> Facts { get; } = [];

    /// <summary>True when the journal has the order.</summary>
    public bool Knows(long orderId) => _orders.Contains(orderId);

    /// <summary>Takes a batch that is on the disk; one that it has seen is passed over.</summary>
    public void Take(JournalBatch batch)
    {
        if (batch.LastSequence <= State.Sequence) return;
        if (batch.FirstSequence != State.Sequence + 1) world.Violate($"facts from {batch.FirstSequence} follow on {State.Sequence}");
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
            if (position.IsExposed) world.Violate($"{position.Symbol} is held without protection");
            if (position.ProtectionOrderId == 0) continue;
            var order = State.Orders.Single(order => order.Id == position.ProtectionOrderId);
            if (!order.IsCancelRequested && !order.IsStopGone && order.EndsAt is null && order.Remaining != position.Rules.FloorToStep(position.Quantity))
                world.Violate($"{position.Symbol} holds {position.Quantity} and protects {order.Remaining}");
        }
    }

    private void Take(in Fact fact)
    {
        world.Say(string.Create(CultureInfo.InvariantCulture, $"fact {State.Sequence + 1} {fact.Kind} {fact.Symbol} {fact.OrderId} {fact.Quantity} {fact.Price}"));
        if (fact.Kind == FactKind.OrderCreated && !_orders.Add(fact.OrderId)) world.Violate($"order {fact.OrderId} was created twice");
        if (fact.Kind == FactKind.Filled && !_trades.Add(fact.TradeId)) world.Violate($"trade {fact.TradeId} was booked twice");
        if (fact is { Kind: FactKind.OrderCreated, Purpose: OrderPurpose.Entry } && State.Run != RunState.Running) world.Violate($"order {fact.OrderId} enters while the account is {State.Run}");
        Ledger.Apply(State, in fact);
        Facts.Add(fact);
    }

    private void CheckBooks()
    {
        var held = State.Orders.Where(order => order.Request.Side == OrderSide.Buy).Sum(order => order.Reserved);
        if (State.Reserved != held) world.Violate($"{State.Reserved} is reserved, but orders hold {held}");
        if (State.Reserved < 0 || State.Reserved > State.Cash) world.Violate($"{State.Reserved} of {State.Cash} is reserved");
        var cost = State.Positions.Sum(position => position.TotalCost);
        var earned = State.Positions.Sum(position => position.Record.RealisedPnl);
        if (State.Cash + cost != State.StartCash + earned) world.Violate($"cash {State.Cash} and cost {cost} are not start {State.StartCash} and profit {earned}");
    }
}
#endif
