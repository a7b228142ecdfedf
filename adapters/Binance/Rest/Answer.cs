using System.Diagnostics.CodeAnalysis;

namespace OrleansTrader.Adapters.Binance.Rest;

/// <summary>What came of a request: what was asked for, or why not.</summary>
public abstract record Answer<T>
{
    private Answer()
    {
    }

    /// <summary>Null when there is a value.</summary>
    public BinanceError? Error => (this as Failed)?.Reason;

    public bool TryGet([MaybeNullWhen(returnValue: false)] out T value)
    {
        if (this is Given given)
        {
            value = given.Value;
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>The answer that was asked for.</summary>
    public sealed record Given(T Value) : Answer<T>;

    /// <summary>There is none, and why.</summary>
    public sealed record Failed(BinanceError Reason) : Answer<T>;
}
