namespace OrleansTrader.Core.Indicators;

/// <summary>When the figure that an indicator divides by counts as zero.</summary>
public enum ZeroRule
{
    /// <summary>When it is zero. Right at any price, and what trading uses.</summary>
    Exact,

    /// <summary>
    /// When it is below 1e-8, whatever the price, as in TA-Lib 0.4: at a price of 1e-5 that makes a relative strength index of 0
    /// out of any move. For comparing with TA-Lib only.
    /// </summary>
    TaLib,
}

/// <summary>The rules in numbers.</summary>
internal static class ZeroRules
{
    /// <summary>A divisor above this is not zero.</summary>
    public static double Threshold(this ZeroRule rule) => rule == ZeroRule.TaLib ? 1e-8 : 0;
}
