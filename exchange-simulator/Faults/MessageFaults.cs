using System.ComponentModel.DataAnnotations;

namespace OrleansTrader.ExchangeSimulator.Faults;

/// <summary>How often messages of one kind go wrong on their way to a client; each is a probability.</summary>
public sealed record MessageFaults
{
    /// <summary>Never arrives.</summary>
    [Range(0.0, 1.0)]
    public double Lost { get; set; }

    /// <summary>Arrives twice.</summary>
    [Range(0.0, 1.0)]
    public double Doubled { get; set; }

    /// <summary>Arrives <see cref="DelayMilliseconds"/> later, and so do those after it on the connection.</summary>
    [Range(0.0, 1.0)]
    public double Delayed { get; set; }

    [Range(0, 600_000)]
    public int DelayMilliseconds { get; set; } = 500;

    /// <summary>Arrives after the next one.</summary>
    [Range(0.0, 1.0)]
    public double Swapped { get; set; }

    /// <summary>The connection breaks instead.</summary>
    [Range(0.0, 1.0)]
    public double Disconnected { get; set; }
}
