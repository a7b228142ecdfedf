using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Core.Accounts;

/// <summary>Puts each wish to buy before the risk policy as the account stands at that moment, and makes the order that it approves.</summary>
internal sealed class EntryDesk(Account account, LimitWatch watch)
{
    private readonly CheckSheet? _checks = account.Explains ? new CheckSheet() : null;
    private CheckSheet? _reasons;

    private AccountState State => account.State;

    /// <summary>Buys if the risk policy approves; otherwise writes down why not, once for each run of the same refusal.</summary>
    public void Enter(Position position, DateTime time, in Signal signal, in Grounds grounds, RiskLimits limits, in EntryMarket market, decimal most = 0)
    {
        // An order of the position before may still trade; it would sell the new one.
        if (!position.IsHeld && (position.ExitOrderId | position.ProtectionOrderId | position.ReductionOrderId) != 0) return;
        watch.Use(limits);
        watch.BeginDay(time);
        if (position.IsHeld || limits.MeasuresMarket) EnterMeasured(position, time, in signal, in grounds, limits, in market, most);
        else Enter(position, time, in signal, in signal, in grounds, limits, in market, most);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void EnterMeasured(Position position, DateTime time, in Signal signal, in Grounds grounds, RiskLimits limits, in EntryMarket market, decimal most)
    {
        var judged = position.IsHeld ? Joining(position, in signal) : signal;
        var known = limits.MeasuresMarket ? Measured(position, time, in signal, limits, in market) : market;
        Enter(position, time, in signal, in judged, in grounds, limits, in known, most);
    }

    /// <param name="judged">The signal as it is judged: what joins a position bears that one's levels.</param>
    private void Enter(Position position, DateTime time, in Signal signal, in Signal judged, in Grounds grounds, RiskLimits limits, in EntryMarket market, decimal most)
    {
        var sheet = watch.ReactsToRefusals ? _reasons ??= _checks ?? new CheckSheet() : _checks;
        sheet?.Clear();
        var risk = State.Risk;
        var isWatched = watch.IsOn;
        // Handed over where it is written: it is wide, and a name of its own would cost a copy.
        var decision = RiskPolicy.Judge(new EntryRequest(in judged, in market)
        {
            Rules = position.Rules,
            Price = position.Mark,
            Run = State.Run,
            Equity = State.EquityValue,
            FreeCash = State.FreeCash,
            OpenPositions = OtherPositions(position),
            BarsSinceExit = limits.CooldownBars == 0 ? int.MaxValue : BarsSinceExit(position, time),
            IsKilled = risk.IsKilled,
            LockedBars = risk.Locks.Count == 0 ? 0 : LockedBars(position.Symbol, time),
            Hits = risk.Hits,
            DayLoss = isWatched ? watch.DayLoss : 0,
            Drawdown = isWatched ? watch.Drawdown : 0,
            LossStreak = risk.LossStreak,
            DayEntries = risk.DayEntries,
            SymbolExposure = position.Value,
            TotalExposure = Exact.IsPositive(limits.MaxExposure) ? TotalExposure() : 0,
            ClusterExposure = Exact.IsPositive(limits.MaxClusterExposure) ? PositionCluster.ExposureWith(State, account.Closes, SlotOf(position), time, limits) : PositionCluster.Unknown,
            Most = most,
            IsArmed = State.Arming?.IsArmed,
            FirstDayMost = State.Arming is { } arming ? arming.MostAt(time) : 0,
            Held = position.IsHeld ? position.Value : 0,
        }, limits, sheet);
        if (decision.IsApproved)
        {
            Order(position, time, in signal, in grounds, decision.Order);
            return;
        }

        Refuse(position, decision.Refusal, time, in signal, in grounds);
        if (watch.ReactsToRefusals) watch.React(position.Symbol, in sheet!.Checks[^1], time);
    }

    // By itself, and so the refusal: a method clears the room of every fact that it may make, even of those that it does not.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Order(Position position, DateTime time, in Signal signal, in Grounds grounds, in ApprovedOrder order)
    {
        account.Raise(new Fact
        {
            Kind = FactKind.OrderCreated,
            Time = time,
            Symbol = position.Symbol,
            OrderId = State.NextOrderId,
            Side = OrderSide.Buy,
            Type = OrderType.Market,
            Purpose = OrderPurpose.Entry,
            Amount = order.Budget,
            Stop = position.IsHeld ? position.Stop : order.Stop,
            Target = position.IsHeld ? position.Target : order.Target,
            Decision = Explain(in signal, position.Mark, RefusalCode.None, in grounds),
        });
        account.RequestLatest();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Refuse(Position position, RefusalCode refusal, DateTime time, in Signal signal, in Grounds grounds)
    {
        if (position.LastRefusal == refusal) return;
        account.Raise(new Fact
        {
            Kind = FactKind.EntryRefused,
            Time = time,
            Symbol = position.Symbol,
            Refusal = refusal,
            Decision = Explain(in signal, position.Mark, refusal, in grounds),
        });
    }

    /// <summary>Why a position is left; null where nobody asks.</summary>
    public Decision? ExplainExit(in Signal signal, double price, in Grounds grounds) =>
        _checks is null ? null : Decision.Of(in signal, price, RefusalCode.None, in grounds, [], State.Strategy);

    private Decision? Explain(in Signal signal, double price, RefusalCode refusal, in Grounds grounds) =>
        _checks is null ? null : Decision.Of(in signal, price, refusal, in grounds, _checks.ToImmutable(), State.Strategy);

    /// <summary>What joins a position shares its stop and target, or its lack of them, and is judged by these.</summary>
    private static Signal Joining(Position position, in Signal signal) => Exact.IsPositive(position.Stop)
        ? signal with { Stop = (double)position.Stop, Target = Exact.IsPositive(position.Target) ? (double)position.Target : double.NaN }
        : signal with { Stop = double.NaN, Target = double.NaN };

    /// <summary>What the bars and the signal tell beside what the market does; what is measured already stays.</summary>
    private EntryMarket Measured(Position position, DateTime time, in Signal signal, RiskLimits limits, in EntryMarket market)
    {
        var known = market;
        if (Exact.IsPositive(limits.VolatilityTarget) && market.Volatility == 0 && account.Closes is { } closes)
            known = known with { Volatility = closes.Volatility(SlotOf(position), time, limits.VolatilityBars) };
        if (Exact.IsPositive(limits.KellyFraction) && market.Odds == default) known = known with { Odds = new WinOdds(signal.WinProbability, signal.WinTrades) };
        return known;
    }

    private int SlotOf(Position position) => Ledger.SlotOf(State, position.Symbol);

    private int OtherPositions(Position than)
    {
        var count = 0;
        foreach (var position in CollectionsMarshal.AsSpan(State.Positions))
            if (!position.IsIdle && !ReferenceEquals(position, than))
                count++;
        return count;
    }

    private decimal TotalExposure()
    {
        var exposure = State.Reserved;
        foreach (var position in CollectionsMarshal.AsSpan(State.Positions)) exposure += position.Value;
        return exposure;
    }

    private int LockedBars(string symbol, DateTime time)
    {
        var last = time;
        foreach (var known in CollectionsMarshal.AsSpan(State.Risk.Locks))
        {
            if (!known.Holds(symbol, time)) continue;
            if (known.Reason == LockReason.Difference) return EntryRequest.UntilLifted;
            if (known.Until > last) last = known.Until;
        }

        var (ticks, bar) = ((last - time).Ticks, State.Interval.Length.Ticks);
        return (int)Math.Min(int.MaxValue, (ticks + bar - 1) / bar);
    }

    private int BarsSinceExit(Position position, DateTime time) =>
        position.LastExitTime == default ? int.MaxValue : (int)((time - position.LastExitTime).Ticks / State.Interval.Length.Ticks);
}
