using System.Runtime.CompilerServices;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using OrleansTrader.Core.Strategies.Exits;

namespace OrleansTrader.Core.Accounts;

/// <summary>
/// Leads a protected position by the exit rules at the close of each bar: raises its stop, sells parts of it, and leaves it when its
/// time is over or its stop could not be confirmed in time.
/// </summary>
internal sealed class ExitDesk(Account account, Settlement settlement)
{
    /// <summary>Of the averages that a decision tells.</summary>
    private const int PriceDecimals = 8;

    private ExitRules _rules = new();

    private AccountState State => account.State;

    /// <summary>True when there is something to look at on every bar of a trade.</summary>
    public bool Leads { get; private set; }

    public void Use(ExitRules rules) => (_rules, Leads) = (rules, rules.Leads);

    /// <summary>Looks at a position at the close of a bar; when the strategy wants out, that comes first.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Look(Position position, DateTime time, in Signal signal)
    {
        if (GivesUp(position, time, in signal)) return;
        if (!Leads || !IsLed(position) || State.Run == RunState.Stopped || signal.Direction == Direction.Flat) return;
        var risk = position.Risk;
        // A price at its target is on its way out; a fill at or below the stop is so as well.
        if (risk <= 0 || (position.Target > 0 && position.MarkPrice >= position.Target) || settlement.IsStopTriggered(position)) return;
        if (IsOverdue(position, risk, time))
        {
            settlement.Leave(position, ExitReason.TimeStop, time, Explains ? Explain(position, in signal, OverdueAt(position, risk, time)) : null);
            return;
        }

        if (!RaiseStop(position, risk, time, in signal)) return;
        TakeParts(position, risk, time, in signal);
        settlement.Cover(position, time);
    }

    /// <summary>Leaves a position whose stop could not be confirmed in time.</summary>
    /// <returns>False when there is none such.</returns>
    public bool GivesUp(Position position, DateTime time, in Signal signal)
    {
        if (!IsLate(position, time)) return false;
        settlement.GiveUp(position, time, Explains ? Explain(position, in signal, LateAt(position, time)) : null);
        return true;
    }

    /// <summary>Bought, meant to be protected, and not being left.</summary>
    private static bool IsLed(Position position) =>
        position is { IsHeld: true, EntryOrderId: 0, Leaving: ExitReason.None } && Exact.IsPositive(position.Stop);

    private bool IsLate(Position position, DateTime time) =>
        _rules.MaxUnprotectedSeconds > 0
        && position is { IsHeld: true, Leaving: ExitReason.None }
        && position.UnprotectedSince != default
        && (time - position.UnprotectedSince).Ticks >= _rules.MaxUnprotectedSeconds * TimeSpan.TicksPerSecond;

    private bool IsOverdue(Position position, decimal risk, DateTime time) =>
        _rules.TimeStopBars > 0
        && (time - position.EntryTime).Ticks >= _rules.TimeStopBars * State.Interval.Length.Ticks
        && position.MarkPrice <= LevelOf(position, risk, _rules.TimeStopRisks);

    /// <returns>False when the price is below the new stop already, so that the position is being left.</returns>
    private bool RaiseStop(Position position, decimal risk, DateTime time, in Signal signal)
    {
        var price = position.MarkPrice;
        var (stop, reason) = (position.Stop, ExitReason.None);
        // Where no rule trails, the figure is the strategy's own and means nothing here.
        if (_rules.Trail != StopRule.Strategy && !double.IsNaN(signal.Trail) && (_rules.TrailFromRisks == 0 || price >= LevelOf(position, risk, _rules.TrailFromRisks)))
        {
            var level = position.Rules.RoundDownToTick(signal.Trail);
            if (level >= price)
            {
                settlement.Leave(position, ExitReason.Trailing, time, Explains ? Explain(position, in signal, new SaleCause(ExitReason.Trailing) { Limit = level }) : null);
                return false;
            }

            if (level > stop) (stop, reason) = (level, ExitReason.Trailing);
        }

        if (_rules.BreakEvenFromRisks > 0 && price >= LevelOf(position, risk, _rules.BreakEvenFromRisks))
        {
            var level = BreakEven(position);
            if (level > stop && level < price) (stop, reason) = (level, ExitReason.BreakEven);
        }

        if (reason != ExitReason.None && stop - position.Stop >= _rules.LeastRaise * price)
            account.Raise(new Fact { Kind = FactKind.StopRaised, Time = time, Symbol = position.Symbol, Stop = stop, Exit = reason });
        return true;
    }

    private void TakeParts(Position position, decimal risk, DateTime time, in Signal signal)
    {
        var bought = position.Quantity + position.Tally.Sold;
        while (position.PartsTaken < _rules.Parts.Length && position.ReductionOrderId == 0)
        {
            var part = _rules.Parts[position.PartsTaken];
            var level = LevelOf(position, risk, part.Risks);
            if (position.MarkPrice < level) return;
            var quantity = position.Rules.FloorToStep(bought * part.Share);
            if (!IsWorthOrders(position, position.Reduction + quantity)) return;
            var decision = Explains ? Explain(position, in signal, CauseOf(ExitReason.Partial, position, level, part.Risks) with { Quantity = quantity, Value = part.Share }) : null;
            account.Raise(new Fact { Kind = FactKind.ReductionStarted, Time = time, Symbol = position.Symbol, Quantity = quantity, Exit = ExitReason.Partial, Decision = decision });
        }
    }

    private bool Explains => account.Explains;

    private Decision? Explain(Position position, in Signal signal, SaleCause cause) => account.Explain(position, cause, in signal);

    private SaleCause LateAt(Position position, DateTime time) => new(ExitReason.ProtectionLost)
    {
        Refusal = RejectReason.NotInTime,
        Value = Math.Round((decimal)(time - position.UnprotectedSince).TotalSeconds, 3),
        Limit = _rules.MaxUnprotectedSeconds,
    };

    private SaleCause OverdueAt(Position position, decimal risk, DateTime time) =>
        CauseOf(ExitReason.TimeStop, position, LevelOf(position, risk, _rules.TimeStopRisks), _rules.TimeStopRisks) with
        {
            Bars = (int)((time - position.EntryTime).Ticks / State.Interval.Length.Ticks),
        };

    private static SaleCause CauseOf(ExitReason reason, Position position, decimal level, decimal risks) =>
        new(reason) { Limit = Math.Round(level, PriceDecimals), Entry = Math.Round(position.Tally.EntryPrice, PriceDecimals), Risks = risks };

    /// <summary>Neither the part nor the rest at its stop may be worth less than the exchange takes.</summary>
    private static bool IsWorthOrders(Position position, decimal part)
    {
        var rules = position.Rules;
        return part > 0
            && part * position.MarkPrice >= rules.MinNotional
            && rules.FloorToStep(position.Quantity - part) * position.Stop >= rules.MinNotional;
    }

    /// <summary>So many risks above the entry, on a tick.</summary>
    private static decimal LevelOf(Position position, decimal risk, decimal risks) =>
        risks == 0 ? position.Tally.EntryPrice : position.Rules.RoundUpToTick((double)(position.Tally.EntryPrice + (risk * risks)));

    /// <summary>The price at which the sale pays back what was paid and its own fee, at the rate of fees so far.</summary>
    private decimal BreakEven(Position position)
    {
        var tally = position.Tally;
        var feeShare = tally.Fees / (tally.Paid + tally.Received);
        var price = position.Cost / position.Quantity / (1 - feeShare);
        return position.Rules.RoundUpToTick((double)(price * (1 + _rules.BreakEvenMargin)));
    }
}
