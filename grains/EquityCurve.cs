using OrleansTrader.GrainInterfaces.Views;

namespace OrleansTrader.Grains;

/// <summary>
/// Equity over time in a bounded number of points, evenly spaced: when they are full, every second one goes and the steps
/// between new ones double. Part of the account's snapshot, since most steps leave no fact from which it could be drawn again.
/// </summary>
public sealed class EquityCurve
{
    private const int Capacity = 512;

    public List<EquityPoint> Points { get; set; } = [];

    /// <summary>Null before the first step.</summary>
    public EquityPoint? Latest { get; set; }

    /// <summary>The equity with which the market's day began (00:00 UTC), or the account within it; null before the first step.</summary>
    public EquityPoint? DayBegin { get; set; }

    /// <summary>Steps from one point to the next.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>Steps since the latest point.</summary>
    public int Skipped { get; set; }

    /// <summary>Takes the equity after a step; one that it knows already is passed over.</summary>
    public void Add(DateTime time, double equity)
    {
        if (time == default || time <= Latest?.Time) return;
        var point = new EquityPoint(time, equity);
        if (time.Date > DayBegin?.Time.Date) DayBegin = time == time.Date ? point : Latest! with { Time = time.Date };
        DayBegin ??= point;
        Latest = point;
        if (++Skipped < Stride) return;
        Skipped = 0;
        Points.Add(point);
        if (Points.Count < Capacity) return;

        for (var i = 0; i < Capacity / 2; i++) Points[i] = Points[2 * i];
        Points.RemoveRange(Capacity / 2, Capacity - (Capacity / 2));
        Stride *= 2;
    }

    /// <summary>Takes a payment in, or out below 0, which is no profit of the day.</summary>
    public void Pay(double amount)
    {
        if (DayBegin is { } begin) DayBegin = begin with { Equity = begin.Equity + amount };
    }

    /// <summary>Begins anew.</summary>
    public void Begin()
    {
        Points.Clear();
        (Latest, DayBegin, Stride, Skipped) = (null, null, 1, 0);
    }

    /// <summary>All points, oldest first, the latest always among them.</summary>
    public IEnumerable<EquityPoint> All() => Latest is null || Latest == Points.LastOrDefault() ? Points : Points.Append(Latest);
}
