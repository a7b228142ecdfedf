using System.Collections.Immutable;
using System.Text.Json;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Accounts.Allocation;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Core.Tests.Accounts;

/// <summary>
/// An account whose owner pays in and out, moves coins, trades by hand and rebalances at any moment, at an exchange that takes its time: orders
/// trade in parts, are refused or end, cancellations come late, and reports come twice. The exchange keeps its own books.
/// </summary>
internal sealed class Dealings
{
    private const decimal Start = 1_000;

    private readonly Random _random;
    private readonly Trader _trader;
    private readonly SymbolRules[] _rules = [Build.Btc, Build.Eth];
    private readonly double[] _prices = [100, 20];
    private readonly decimal[] _owned = new decimal[2];
    private readonly decimal[] _external = new decimal[2];
    private readonly List<Resting> _resting = [];
    private readonly List<ExecutionReport> _told = [];
    private readonly Dictionary<string, decimal> _mostSold = new(StringComparer.Ordinal);
    private AllocationTargets _targets = new();
    private RebalancePlan? _plan;
    private decimal _cash = Start;
    private decimal _paid;
    private long _lastId;

    public Dealings(int seed)
    {
        _random = new Random(seed);
        _trader = new Trader(Start, LimitsOf(_random)) { Exits = _random.Next(3) == 0 ? new() : RandomExits.Of(_random) };
    }

    public Trader Trader => _trader;

    /// <summary>Why the account cannot be as it is; null while it can.</summary>
    public string? Problem { get; private set; }

    /// <summary>Payments that came while an entry was being bought, and more than was free.</summary>
    public int PaymentsOfReserved { get; private set; }

    /// <summary>Coins that were taken away although the account had bought them.</summary>
    public int CoinsOfPositions { get; private set; }

    public int RebalanceSales { get; private set; }

    public int RebalancePurchases { get; private set; }

    public bool Next()
    {
        var before = _trader.Facts.Count;
        Ask(_random.Next(18) switch
        {
            < 5 => Step(),
            < 12 => Deal(),
            < 14 => Pay(),
            < 16 => MoveCoins(),
            16 => Rebalance(),
            _ => Command(),
        });
        Follow(before);
        Problem ??= ProblemOf(_trader.State);
        return Problem is null;
    }

    /// <summary>All that the facts say of an account; not the marks, which the bars bring again.</summary>
    public static string Told(AccountState state)
    {
        var told = state.Copy();
        (told.StepTime, told.StepPhase, told.Equity, told.Risk.Peak) = (default, default, new EquityWatch(), 0);
        foreach (var position in told.Positions) (position.Mark, position.Record.Equity) = (0, new EquityWatch());
        return JsonSerializer.Serialize(told);
    }

    private OrderRequest[] Step()
    {
        if (_random.Next(8) == 0) _trader.NextDay();
        else _trader.NextHour();
        for (var slot = 0; slot < _prices.Length; slot++) _prices[slot] = Math.Round(_prices[slot] * (0.95 + (0.1 * _random.NextDouble())), 2);
        Signal[] signals = [.. _prices.Select(SignalAt)];
        return _trader.Command((account, time) =>
        {
            account.Use(_trader.Limits);
            account.Use(_trader.Exits);
            account.OpenDay(time);
            for (var slot = 0; slot < _prices.Length; slot++) account.Mark(slot, _prices[slot]);
            account.MarkEquity();
            account.Watch(time);
            for (var slot = 0; slot < _prices.Length; slot++) account.Decide(slot, time, in signals[slot], default, _trader.Limits);
            _plan = Rebalancer.Plan(account.State, _targets);
            account.GoOnRebalancing(_trader.Limits, time);
            account.CompleteStep(time);
        });
    }

    private Signal SignalAt(double price)
    {
        var signal = _random.Next(10) switch
        {
            < 2 => new Signal(Direction.Long, 1, price * 0.96, price * 1.08),
            2 => new Signal(Direction.Long, 1, double.NaN, double.NaN),
            3 => new Signal(Direction.Add, 1, double.NaN, double.NaN) { Parts = 3 },
            4 => Signal.Flat(1),
            _ => Signal.Hold,
        };
        return signal with { Trail = _random.Next(2) == 0 ? price * 0.97 : double.NaN };
    }

    private OrderRequest[] Pay()
    {
        // Out goes up to all the cash that there is, whatever orders hold back of it.
        var amount = _random.Next(2) == 0 ? _random.Next(1, 500) : -Math.Floor(_cash * _random.Next(1, 101)) / 100;
        if (amount == 0) return [];
        if (-amount > _trader.State.FreeCash && _trader.State.Reserved > 0) PaymentsOfReserved++;
        (_cash, _paid) = (_cash + amount, _paid + amount);
        return Tell(new ExecutionReport { Kind = ReportKind.FundsMoved, TradeId = ++_lastId, Quantity = amount, Time = Build.Close(_trader.Hour) });
    }

    /// <summary>Coins come or go, or are traded by hand; the money may be reported before the coins or after them.</summary>
    private OrderRequest[] MoveCoins()
    {
        var slot = _random.Next(2);
        var (position, price) = (_trader.State.Positions[slot], (decimal)_prices[slot]);
        var quantity = _random.Next(3) == 0
            ? Math.Round((decimal)_random.NextDouble() * 100 / price, _random.Next(3) == 0 ? 8 : 2)
            : -Math.Round(_owned[slot] * _random.Next(1, 101) / 100, 8, MidpointRounding.ToZero);
        if (quantity == 0) return [];
        List<ExecutionReport> reports = [];
        if (-quantity > _owned[slot] - LockedOf(slot)) reports.AddRange(TakeBackSales(slot));
        if (-quantity > _external[slot] && position.IsHeld) CoinsOfPositions++;
        _owned[slot] += quantity;
        if (quantity > 0) _external[slot] += quantity;
        else _external[slot] -= Math.Min(_external[slot], -quantity);
        var isByHand = _random.Next(2) == 0 && quantity * price <= _cash;
        var isPriced = isByHand || _random.Next(2) == 0;
        var valued = quantity * (isPriced ? price : position.MarkPrice);
        _paid += valued;
        var coins = new ExecutionReport { Kind = ReportKind.HoldingMoved, Symbol = position.Symbol, TradeId = ++_lastId, Quantity = quantity, Price = isPriced ? price : 0, Time = Build.Close(_trader.Hour) };
        reports.Add(coins);
        if (isByHand)
        {
            (_cash, _paid) = (_cash - valued, _paid - valued);
            reports.Insert(_random.Next(2) == 0 ? reports.Count : reports.Count - 1, new ExecutionReport { Kind = ReportKind.FundsMoved, TradeId = ++_lastId, Quantity = -valued, Time = coins.Time });
        }

        _told.AddRange(reports);
        return _trader.Report([.. reports]);
    }

    /// <summary>Base currency that sales hold which the exchange has.</summary>
    private decimal LockedOf(int slot) => SalesOf(slot).Sum(order => order.Request.Quantity - order.Traded);

    private List<Resting> SalesOf(int slot) => _resting.FindAll(order => order.Slot == slot && order.IsTaken && order.Request.Side == OrderSide.Sell);

    private List<ExecutionReport> TakeBackSales(int slot)
    {
        var sales = SalesOf(slot);
        _resting.RemoveAll(sales.Contains);
        return sales.ConvertAll(order => _trader.Ended(order.Request, ReportKind.Canceled, order.Traded));
    }

    private OrderRequest[] Rebalance()
    {
        var btc = _random.Next(11) / 10m;
        _targets = new AllocationTargets
        {
            Shares = ImmutableSortedDictionary<string, decimal>.Empty.Add(Build.Btc.Symbol, btc).Add(Build.Eth.Symbol, (1 - btc) * _random.Next(11) / 10),
            Drift = _random.Next(3) / 20m,
            CostShare = 0.001m,
        };
        return _trader.Command((account, time) =>
        {
            account.Use(_targets);
            _plan = Rebalancer.Plan(account.State, _targets);
            account.Rebalance(time);
        });
    }

    private OrderRequest[] Command() => _random.Next(8) switch
    {
        0 => _trader.Set(RunState.Paused),
        1 => _trader.Command((account, time) => account.PullKillSwitch(time)),
        2 or 3 => _trader.Command((account, time) => account.ReleaseKillSwitch(time)),
        _ => _trader.Set(RunState.Running),
    };

    /// <summary>The exchange does something about one of its orders, or says again what it has said.</summary>
    private OrderRequest[] Deal()
    {
        if (_told.Count > 0 && _random.Next(6) == 0) return _trader.Report(_told[_random.Next(_told.Count)]);
        if (_resting.Count == 0) return [];
        var order = _resting[_random.Next(_resting.Count)];
        var price = (decimal)_prices[order.Slot];
        if (order.IsUnwanted && _random.Next(3) > 0) return End(order, ReportKind.Canceled);
        if (!order.IsTaken)
        {
            var isShort = order.Request.Side == OrderSide.Sell && order.Request.Quantity > _owned[order.Slot] - LockedOf(order.Slot);
            order.IsTaken = true;
            if (isShort) return Refuse(order, isTooSmall: false);
            var isTooSmall = order.Request.Side == OrderSide.Sell && order.Request.Quantity * price < _rules[order.Slot].MinNotional;
            if (isTooSmall || _random.Next(16) == 0) return Refuse(order, isTooSmall);
            if (_random.Next(3) > 0) return Tell(_trader.Accepted(order.Request) with { Kind = _random.Next(8) == 0 ? ReportKind.Unknown : ReportKind.Accepted });
        }

        return order.Request.Side == OrderSide.Buy ? Buy(order, price) : Sell(order, price);
    }

    private OrderRequest[] Refuse(Resting order, bool isTooSmall)
    {
        _resting.Remove(order);
        return Tell(_trader.Ended(order.Request, ReportKind.Rejected) with { Reason = isTooSmall ? RejectReason.BelowMinNotional : RejectReason.InsufficientBalance });
    }

    private OrderRequest[] End(Resting order, ReportKind kind)
    {
        _resting.Remove(order);
        return Tell(_trader.Ended(order.Request, kind, order.Traded));
    }

    private OrderRequest[] Buy(Resting order, decimal price)
    {
        var left = Math.Min(order.Request.Budget - order.Spent, _cash);
        var most = _rules[order.Slot].FloorToStep(left / price / 1.001m);
        if (most == 0) return End(order, ReportKind.Expired);
        var quantity = _random.Next(2) == 0 ? most : _rules[order.Slot].FloorToStep(most / 2);
        if (quantity == 0) return [];
        var (value, fee) = (quantity * price, quantity * price * 0.001m);
        var asset = (FeeAsset)_random.Next(3);
        var inKind = asset == FeeAsset.Base ? quantity * 0.001m : 0;
        var cost = value + (asset == FeeAsset.Base ? 0 : fee);
        (order.Traded, order.Spent, _cash) = (order.Traded + quantity, order.Spent + cost, _cash - cost);
        _owned[order.Slot] += quantity - inKind;
        return Trade(order, quantity, price, fee, asset, isLast: quantity == most, OcoLeg.None);
    }

    private OrderRequest[] Sell(Resting order, decimal price)
    {
        var left = order.Request.Quantity - order.Traded;
        var quantity = _random.Next(3) > 0 ? left : _rules[order.Slot].FloorToStep(left / 2);
        if (quantity == 0) return [];
        var fee = quantity * price * 0.001m;
        (order.Traded, _cash) = (order.Traded + quantity, _cash + (quantity * price) - fee);
        _owned[order.Slot] -= quantity;
        _external[order.Slot] = Math.Min(_external[order.Slot], _owned[order.Slot]);
        var leg = order.Request.Type != OrderType.Oco ? OcoLeg.None : quantity == order.Request.Quantity && _random.Next(2) == 0 ? OcoLeg.Target : OcoLeg.Stop;
        return Trade(order, quantity, price, fee, FeeAsset.Quote, isLast: quantity == left, leg);
    }

    private OrderRequest[] Trade(Resting order, decimal quantity, decimal price, decimal fee, FeeAsset asset, bool isLast, OcoLeg leg)
    {
        if (isLast) _resting.Remove(order);
        var report = _trader.Traded(order.Request, ++_lastId, quantity, price, isLast, leg, fee) with { TradedInAll = order.Traded, FeeAsset = asset, FeeValue = asset == FeeAsset.Quote ? 0 : fee };
        return Tell(asset == FeeAsset.Base ? report with { Fee = quantity * 0.001m } : report);
    }

    private OrderRequest[] Tell(ExecutionReport report)
    {
        _told.Add(report);
        return _trader.Report(report);
    }

    private void Ask(OrderRequest[] requests)
    {
        foreach (var request in requests)
        {
            if (request.Kind == RequestKind.Place) _resting.Add(new Resting(request, Ledger.SlotOf(_trader.State, request.Symbol)));
            else if (_resting.Find(order => order.Request.OrderId == request.OrderId) is { } unwanted) unwanted.IsUnwanted = true;
        }
    }

    /// <summary>What a round sells is no more than what was held beyond the target when it began.</summary>
    private void Follow(int before)
    {
        foreach (var fact in _trader.Facts.Skip(before))
        {
            if (fact.Kind == FactKind.RebalanceRound) Allow(_plan!);
            if (fact is { Kind: FactKind.OrderCreated, Purpose: OrderPurpose.Entry } && _trader.State.RebalanceRound > 0 && _targets.Shares.ContainsKey(fact.Symbol!)) RebalancePurchases++;
            if (fact is not { Kind: FactKind.Filled, Exit: ExitReason.Rebalance }) continue;
            RebalanceSales++;
            _mostSold[fact.Symbol!] = _mostSold.GetValueOrDefault(fact.Symbol!) - fact.Quantity;
            if (_mostSold[fact.Symbol!] < 0) Problem ??= $"a rebalancing sold {-_mostSold[fact.Symbol!]} {fact.Symbol} too much";
        }
    }

    private void Allow(RebalancePlan plan)
    {
        foreach (var leg in plan.Legs)
        {
            // What an earlier round sells still counts for that one.
            if (leg.Hold == LegHold.Busy) continue;
            var position = _trader.State.Positions[Ledger.SlotOf(_trader.State, leg.Symbol)];
            var (rules, price) = (position.Rules, position.MarkPrice);
            _mostSold[leg.Symbol] = leg.Side == OrderSide.Sell ? leg.Quantity + rules.StepSize : 0;
            if (leg.Quantity == 0) continue;
            var beyond = (leg.Value - (leg.Target * plan.Equity)) / price;
            // What no order could sell, at its stop where it has one, is not left.
            var isAll = (position.Quantity - beyond - rules.StepSize) * (position.Stop > 0 ? position.Stop : price) < rules.MinNotional;
            if (!isAll && leg.Quantity > beyond + rules.StepSize) Problem ??= $"a rebalancing plans to sell {leg.Quantity} {leg.Symbol} where {beyond} are too much";
        }
    }

    private string? ProblemOf(AccountState state)
    {
        if (state.EquityValue != state.Cash + state.ExternalValue + state.Positions.Sum(position => position.Value)) return "cash and holdings are not the equity";
        if (state.Cash != _cash) return $"the account has {state.Cash} in cash, the exchange {_cash}";
        if (state.Flows != _paid) return $"the account knows of {state.Flows} paid in, the exchange of {_paid}";
        if (state.Cash + state.Positions.Sum(position => position.TotalCost + position.ExternalPaid) != Start + state.Flows + state.Positions.Sum(position => position.Record.RealisedPnl)) return "cash and cost are not what was paid in and earned";
        for (var slot = 0; slot < _owned.Length; slot++)
        {
            var position = state.Positions[slot];
            if (position.TotalQuantity + position.External != _owned[slot]) return $"the account has {position.TotalQuantity} and {position.External} {position.Symbol}, the exchange {_owned[slot]}";
            if (position.External != _external[slot]) return $"of {position.Symbol} {_external[slot]} are the owner's, the account has {position.External} for them";
            if (position.Quantity < 0) return $"{position.Quantity} {position.Symbol} are held";
            var sold = state.Orders.Where(order => order is { IsCancelRequested: false, Request.Side: OrderSide.Sell } && string.Equals(order.Request.Symbol, position.Symbol, StringComparison.Ordinal)).Sum(order => order.Remaining);
            if (sold > position.Quantity) return $"orders sell {sold} {position.Symbol} where {position.Quantity} are held";
        }

        var entries = state.Orders.Where(order => order.Request.Side == OrderSide.Buy).ToList();
        if (state.Cash < 0 || state.Reserved < 0 || state.Reserved != entries.Sum(order => order.Reserved)) return $"{state.Reserved} of {state.Cash} is reserved";
        return state.Reserved > state.Cash && !entries.TrueForAll(order => order.IsCancelRequested) ? $"{state.Reserved} of {state.Cash} is reserved for entries that go on" : null;
    }

    private static RiskLimits LimitsOf(Random random) => RiskLimits.None with
    {
        MaxPositionShare = random.Next(2, 11) / 10m,
        MaxDailyLoss = random.Next(3) == 0 ? 0.05m : 0,
        DailyLossReaction = (LimitReaction)random.Next(3),
        MaxDrawdown = random.Next(3) == 0 ? 0.1m : 0,
        DrawdownReaction = (LimitReaction)random.Next(3),
        MaxExposure = random.Next(3) == 0 ? 0.7m : 0,
        MaxTradesPerDay = random.Next(3) == 0 ? 3 : 0,
        TradesPerDayReaction = (LimitReaction)random.Next(3),
        ExposureReaction = (LimitReaction)random.Next(3),
    };

    /// <summary>An order as the exchange has it.</summary>
    private sealed class Resting(OrderRequest request, int slot)
    {
        public OrderRequest Request => request;

        public int Slot => slot;

        public decimal Traded { get; set; }

        public decimal Spent { get; set; }

        public bool IsTaken { get; set; }

        /// <summary>Its cancellation was asked for.</summary>
        public bool IsUnwanted { get; set; }
    }
}
