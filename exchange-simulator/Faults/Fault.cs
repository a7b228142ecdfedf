namespace OrleansTrader.ExchangeSimulator.Faults;

/// <summary>What goes wrong with one request.</summary>
public enum FaultKind
{
    None,
    DropBefore,
    DropAfter,
    ErrorBefore,
    ErrorAfter,
    TimeoutBefore,
    TimeoutAfter,
    Overloaded,
    TooManyRequests,
    Banned,
}

/// <summary>What goes wrong with one request, and how late it comes before that.</summary>
public readonly record struct Fault(FaultKind Kind, TimeSpan Delay)
{
    /// <summary>The request is carried out, whatever the client is told.</summary>
    public bool IsCarriedOut => Kind is FaultKind.None or FaultKind.DropAfter or FaultKind.ErrorAfter or FaultKind.TimeoutAfter;

    /// <summary>The client is told nothing: its connection breaks.</summary>
    public bool IsDropped => Kind is FaultKind.DropBefore or FaultKind.DropAfter;
}
