using System.ComponentModel.DataAnnotations;

namespace OrleansTrader.ExchangeSimulator.Faults;

/// <summary>What goes wrong, and how often; probabilities are per request.</summary>
public sealed record FaultOptions
{
    /// <summary>Names or beginnings of names of the operations that go wrong, such as <c>order.</c>; empty for all.</summary>
    public IList<string> Operations { get; set; } = [];

    /// <summary>A request comes late by up to <see cref="LatencyMilliseconds"/>.</summary>
    [Range(0.0, 1.0)]
    public double Latency { get; set; }

    [Range(0, 600_000)]
    public int LatencyMilliseconds { get; set; } = 250;

    /// <summary>The connection breaks, and nothing was done.</summary>
    [Range(0.0, 1.0)]
    public double DropBefore { get; set; }

    /// <summary>The connection breaks, and all was done.</summary>
    [Range(0.0, 1.0)]
    public double DropAfter { get; set; }

    /// <summary>HTTP 503 without JSON, and nothing was done.</summary>
    [Range(0.0, 1.0)]
    public double ErrorBefore { get; set; }

    /// <summary>HTTP 500 and -1000, and all was done.</summary>
    [Range(0.0, 1.0)]
    public double ErrorAfter { get; set; }

    /// <summary>-1007, and nothing was done.</summary>
    [Range(0.0, 1.0)]
    public double TimeoutBefore { get; set; }

    /// <summary>-1007, and all was done.</summary>
    [Range(0.0, 1.0)]
    public double TimeoutAfter { get; set; }

    /// <summary>-1008, and nothing was done.</summary>
    [Range(0.0, 1.0)]
    public double Overloaded { get; set; }

    /// <summary>429 with <see cref="RetryAfterSeconds"/>, whatever was used.</summary>
    [Range(0.0, 1.0)]
    public double TooManyRequests { get; set; }

    /// <summary>418, and the address stays banned for <see cref="RetryAfterSeconds"/>.</summary>
    [Range(0.0, 1.0)]
    public double Banned { get; set; }

    [Range(1, 259_200)]
    public int RetryAfterSeconds { get; set; } = 5;

    /// <summary>An order gets half of what there is for it, and no more at that moment.</summary>
    [Range(0.0, 1.0)]
    public double PartialFills { get; set; }

    /// <summary>How much the time that the exchange tells, and judges timestamps by, is ahead of its clock; below 0 for behind.</summary>
    [Range(-86_400_000, 86_400_000)]
    public int ClockSkewMilliseconds { get; set; }

    /// <summary><c>account</c> shows the balances as they were up to so long ago, another moment with each request; orders and events do not lag. Default 0.</summary>
    [Range(0, 600_000)]
    public int BalanceLagMilliseconds { get; set; }

    /// <summary>Every request is answered by 503, and every connection is closed.</summary>
    public bool Maintenance { get; set; }

    /// <summary>Of orders and balances.</summary>
    public MessageFaults Events { get; set; } = new();

    /// <summary>Of the market.</summary>
    public MessageFaults Streams { get; set; } = new();
}
