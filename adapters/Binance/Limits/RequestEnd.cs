namespace OrleansTrader.Adapters.Binance.Limits;

/// <summary>What became of a request. The zero value is the unsafe one: nobody knows.</summary>
public enum RequestEnd : byte
{
    /// <summary>There was no answer; it may still arrive.</summary>
    Unanswered,

    /// <summary>There was an answer, of whatever kind.</summary>
    Answered,

    /// <summary>Nothing of it left this machine.</summary>
    NeverSent,
}
