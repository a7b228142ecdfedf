namespace OrleansTrader.Adapters.Feeds;

/// <summary>The exponential from sums and products alone, so that its last digit is the same on every machine.</summary>
internal static class ExactMath
{
    /// <summary>For any moderate x; about 12 good digits.</summary>
    public static double Exp(double x)
    {
        var result = ExpSmall(x / 64);
        for (var i = 0; i < 6; i++) result *= result;
        return result;
    }

    /// <summary>For |x| up to about 0.3; the series to its sixth term.</summary>
    public static double ExpSmall(double x) =>
        1 + (x * (1 + (x * ((1 / 2.0) + (x * ((1 / 6.0) + (x * ((1 / 24.0) + (x * ((1 / 120.0) + (x * (1 / 720.0))))))))))));
}
