namespace OrleansTrader.Core.Accounts.Performance;

/// <summary>The results of an account by day, week or month, oldest first; a bounded number of them, the oldest go first.</summary>
public sealed class PeriodSeries
{
    public PeriodLength Length { get; set; }

    /// <summary>So many are kept.</summary>
    public int Capacity { get; set; }

    /// <summary>Periods without a bar are left out.</summary>
    public List<PeriodResult> Items { get; set; } = [];

    /// <summary>Takes the equity after a step, and the one before it.</summary>
    internal void Mark(DateTime time, double before, double equity) => Change(time, before, period => period with { End = equity });

    /// <summary>Takes a closed trade.</summary>
    internal void Add(in Fact closed, double before)
    {
        var fact = closed;
        Change(closed.Time, before, period => period with { Trades = period.Trades.Plus(in fact) });
    }

    /// <summary>Takes a payment in, or out below 0.</summary>
    internal void Flow(DateTime time, decimal amount, double before) => Change(time, before, period => period.WithFlow(amount));

    /// <param name="before">What the account was worth until then.</param>
    private void Change(DateTime time, double before, Func<PeriodResult, PeriodResult> change)
    {
        var from = BeginOf(time);
        if (Items.Count == 0 || Items[^1].From < from)
        {
            Items.Add(PeriodResult.Starting(from, Items.Count == 0 ? before : Items[^1].End));
            if (Items.Count > Capacity) Items.RemoveAt(0);
        }

        // What is reported late belongs to the period that it was told in.
        Items[^1] = change(Items[^1]);
    }

    /// <summary>A bar that closes at midnight is of the day that ends there.</summary>
    private DateTime BeginOf(DateTime time)
    {
        var day = time == default ? time : time.AddTicks(-1).Date;
        return Length switch
        {
            PeriodLength.Week => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
            PeriodLength.Month => day.AddDays(1 - day.Day),
            _ => day,
        };
    }
}
