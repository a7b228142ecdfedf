using OrleansTrader.Core.Market;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Core.Risk;

/// <summary>What the risk policy needs to know to judge an entry: the signal and how the account stands at that moment.</summary>
public readonly ref struct EntryRequest
{
    public required Signal Signal { get; init; }

    public required SymbolRules Rules { get; init; }

    /// <summary>The latest close, quote currency.</summary>
    public required double Price { get; init; }

    public required RunState Run { get; init; }

    /// <summary>Cash and positions at the latest closes, quote currency.</summary>
    public required decimal Equity { get; init; }

    /// <summary>Cash that no order holds, quote currency.</summary>
    public required decimal FreeCash { get; init; }

    /// <summary>Positions held or being opened.</summary>
    public required int OpenPositions { get; init; }

    /// <summary>Bars since the symbol was last left; <see cref="int.MaxValue"/> if it never was.</summary>
    public required int BarsSinceExit { get; init; }
}
