using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Binance.Execution;

/// <summary>What a look for an order came to.</summary>
internal abstract record LookUp
{
    private LookUp()
    {
    }

    /// <summary>The exchange has, or had it.</summary>
    /// <param name="Reports">Its trades and its end.</param>
    /// <param name="IsWhole">False while the exchange does not show all trades yet that it has counted.</param>
    /// <param name="IsDone">Nothing of it can trade any more.</param>
    public sealed record Found(IReadOnlyList<ExecutionReport> Reports, bool IsWhole, bool IsDone) : LookUp;

    /// <summary>The exchange knows no such order, or does not show it yet.</summary>
    public sealed record Missing : LookUp;

    /// <summary>Nobody could be asked.</summary>
    public sealed record Unanswered : LookUp;
}
