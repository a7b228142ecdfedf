using OrleansTrader.Adapters.Binance.Limits;

namespace OrleansTrader.Adapters.Tests.Binance.Limits;

/// <summary>The exchange's side of the limits: fixed windows of its own clock, which starts and runs as it likes.</summary>
internal sealed class CountingServer(IReadOnlyList<RateLimit> limits, TimeSpan skew, double speed)
{
    private readonly Dictionary<(RateLimit Limit, string Account, long Window), int> _counts = [];

    /// <summary>The largest share of a limit that was ever used within one window; above 1 a limit was exceeded.</summary>
    public double Fullest { get; private set; }

    public void Receive(TimeSpan clientTime, RequestCost cost)
    {
        var now = skew + (clientTime * speed);
        foreach (var limit in limits)
        {
            var (used, account) = limit.Kind switch
            {
                RateLimitKind.RequestWeight => (cost.Weight, ""),
                RateLimitKind.RawRequests => (1, ""),
                RateLimitKind.Orders => (cost.Orders, cost.Account),
                _ => (0, ""),
            };
            var key = (limit, account, now.Ticks / limit.Window.Ticks);
            _counts[key] = _counts.GetValueOrDefault(key) + used;
            Fullest = Math.Max(Fullest, (double)_counts[key] / limit.Limit);
        }
    }
}
