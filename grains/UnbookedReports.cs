using System.Collections.Immutable;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Grains;

/// <summary>What has come back from the exchange and is still to be booked; it stays until it is, so that nothing gets lost when that fails.</summary>
internal sealed class UnbookedReports
{
    private readonly List<ExecutionReport> _reports = [];

    public int Count => _reports.Count;

    /// <summary>How many were booked so far.</summary>
    public long Booked { get; private set; }

    public ImmutableArray<ExecutionReport> All => [.. _reports];

    public void Add(ExecutionReport report) => _reports.Add(report);

    public void AddRange(IEnumerable<ExecutionReport> reports) => _reports.AddRange(reports);

    public bool Tell(long orderId) => _reports.Exists(report => report.OrderId == orderId);

    /// <summary>The first of them are booked.</summary>
    public void Book(int count)
    {
        _reports.RemoveRange(0, count);
        Booked += count;
    }

    public void Clear() => _reports.Clear();
}
