using System.Runtime.InteropServices;
using OrleansTrader.Core.Regimes;

namespace OrleansTrader.Core.Strategies;

/// <summary>What a strategy wants of a symbol after a bar.</summary>
public enum Direction : byte
{
    /// <summary>Nothing: leave things as they are.</summary>
    Hold,

    /// <summary>To own the symbol.</summary>
    Long,

    /// <summary>To own nothing of it.</summary>
    Flat,

    /// <summary>To own more of it: an entry also while it is owned. What joins a position shares its stop and target, or its lack of them.</summary>
    Add,
}

/// <summary>A strategy's verdict on one bar.</summary>
/// <param name="Direction">What it wants.</param>
/// <param name="Confidence">Agreement of the votes, 0 to 1.</param>
/// <param name="Stop">Price at which the trade is wrong; NaN when the strategy trades without protection.</param>
/// <param name="Target">Price at which the trade is right; NaN together with <paramref name="Stop"/>, and where the stop alone is to end the trade.</param>
/// <remarks>It is copied once a bar: the runtime lays it out so that the bytes share one word.</remarks>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Signal(Direction Direction, double Confidence, double Stop, double Target)
{
    private static readonly long Unknown = BitConverter.DoubleToInt64Bits(double.NaN);

    // So turned that a signal from before there were odds has none.
    private readonly long _odds;
    private readonly ushort _winTrades;
    private readonly long _trail;

    /// <summary>The regime of the bar; unknown until enough bars were seen, and in a backtest that explains nothing.</summary>
    public MarketRegime Regime { get; init; }

    /// <summary>Version of the rules by which it was told; 0 where it is unknown, or was written down before versions were.</summary>
    public byte RegimeRules { get; init; }

    /// <summary>
    /// The share of the strategy's own past entries of such confidence that won, 0 to 1, of those whose end was known at this bar, an entry
    /// that ended between stop and target counting as a part of one; NaN where too few were, and for everything but a protected entry that adds to nothing.
    /// </summary>
    public double WinProbability
    {
        get => BitConverter.Int64BitsToDouble(_odds ^ Unknown);
        init => _odds = BitConverter.DoubleToInt64Bits(value) ^ Unknown;
    }

    /// <summary>Past entries of such confidence whose end was known at this bar; 0 where nobody counts them.</summary>
    public int WinTrades
    {
        get => _winTrades;
        init => _winTrades = (ushort)Math.Clamp(value, 0, ushort.MaxValue);
    }

    /// <summary>An entry buys one of so many equal parts of what the account may put into a position; 0 and 1 buy the whole.</summary>
    public ushort Parts { get; init; }

    /// <summary>
    /// How high a stop that follows the price lies at this bar, quote currency; NaN while it is not known. Where no exit rule trails it is
    /// the strategy's own, to carry a figure to <see cref="IPositionStrategy.Reconsider"/>, and moves nothing.
    /// </summary>
    public double Trail
    {
        get => BitConverter.Int64BitsToDouble(_trail ^ Unknown);
        init => _trail = BitConverter.DoubleToInt64Bits(value) ^ Unknown;
    }

    public static Signal Hold => new(Direction.Hold, 0, double.NaN, double.NaN);

    public static Signal Flat(double confidence) => new(Direction.Flat, confidence, double.NaN, double.NaN);

    /// <summary>True when it wants to buy.</summary>
    public bool IsEntry => Direction is Direction.Long or Direction.Add;

    /// <summary>True when the trade is to be protected by a stop.</summary>
    public bool IsProtected => !double.IsNaN(Stop);
}
