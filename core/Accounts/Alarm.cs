using System.Runtime.CompilerServices;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Core.Accounts;

/// <summary>
/// What would make an account or its exchange act upon the next bar of a symbol. A bar without any of it moves the marks and
/// nothing else, and most bars are such. It may ring for nothing, but it never keeps silent when something is to be done.
/// </summary>
internal readonly record struct Alarm
{
    private readonly double _low;
    private readonly double _high;
    private readonly int _directions;

    /// <param name="low">A price at or below it may trade a resting order.</param>
    /// <param name="high">A price at or above it may trade a resting order.</param>
    /// <param name="directions">The signals upon which the account would decide something, a bit for each <see cref="Direction"/>.</param>
    public Alarm(double low, double high, int directions)
    {
        _low = low;
        _high = high;
        _directions = directions;
    }

    // Written so that a NaN rings, and without a branch for each comparison.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsSilent(in Candle bar, Direction direction) =>
        (bar.Low > _low) & (bar.High < _high) & (bar.Open > _low) & (bar.Open < _high) & (((_directions >> (int)direction) & 1) == 0);

    /// <summary>True while no price rings it, since nothing rests on the exchange.</summary>
    public bool IsDeafToPrices => double.IsNegativeInfinity(_low) && double.IsPositiveInfinity(_high);

    /// <summary>As <see cref="IsSilent"/>, where <see cref="IsDeafToPrices"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsSilentAbout(Direction direction) => ((_directions >> (int)direction) & 1) == 0;

    public static int BitOf(Direction direction) => 1 << (int)direction;
}
