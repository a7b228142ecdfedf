using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Risk;

/// <summary>Either an approved order or the code of the check that refused it.</summary>
public readonly record struct RiskDecision
{
    private RiskDecision(RefusalCode refusal, ApprovedOrder order)
    {
        Refusal = refusal;
        Order = order;
    }

    public bool IsApproved => Exact.IsPositive(Order.Budget);

    /// <summary><see cref="RefusalCode.None"/> when approved.</summary>
    public RefusalCode Refusal { get; }

    /// <summary>The default value when refused.</summary>
    public ApprovedOrder Order { get; }

    internal static RiskDecision Approved(ApprovedOrder order) => new(RefusalCode.None, order);

    internal static RiskDecision Refused(RefusalCode code) => new(code, default);
}
