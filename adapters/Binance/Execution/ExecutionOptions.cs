using System.ComponentModel.DataAnnotations;
using OrleansTrader.Adapters.Binance.Calls;

namespace OrleansTrader.Adapters.Binance.Execution;

/// <summary>How orders are sent and looked up.</summary>
public sealed record ExecutionOptions
{
    /// <summary>How far below its stop price the limit of a stop lies, as a share, where a symbol takes no stop that goes to the market. Default 5 %, and no more: entries are held against what such a limit is worth.</summary>
    [Range(0.0, (double)SymbolListing.LargestStopLimitShare)]
    public decimal StopLimitShare { get; init; } = SymbolListing.LargestStopLimitShare;

    /// <summary>Seconds after the close that it was decided at for which an entry may be sent; later its price would be another one. Default 60.</summary>
    [Range(1, 3_600)]
    public int EntrySeconds { get; init; } = 60;

    /// <summary>Seconds for which an order may be missing before it counts as never arrived: the exchange shows orders late. Default 12, its own time limit is 10.</summary>
    [Range(0, 600)]
    public int VisibleAfterSeconds { get; init; } = 12;

    /// <summary>Seconds for which the refusal of an order by a filter is held back until the exchange has told the rules of its symbol. Default 2.</summary>
    [Range(0.0, 60.0)]
    public double RulesSeconds { get; init; } = 2;
}
