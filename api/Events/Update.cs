using System.Collections.Immutable;
using OrleansTrader.Core.Market;
using OrleansTrader.GrainInterfaces.Views;

namespace OrleansTrader.Api.Events;

/// <summary>Where things stand now, and what has come since the update before; each list oldest first.</summary>
/// <param name="Equity">The whole course, evenly spaced.</param>
public sealed record Update(
    StatusAnswer Status,
    PortfolioView Portfolio,
    IReadOnlyList<SymbolView> Symbols,
    ImmutableArray<Candle> Candles,
    ImmutableArray<FillView> Fills,
    ImmutableArray<TradeView> Trades,
    ImmutableArray<DecisionView> Decisions,
    ImmutableArray<NoticeView> Notices,
    ImmutableArray<EquityPoint> Equity)
{
    /// <summary>The account in the other currency that its owner has named; null where none is.</summary>
    public ValuationAnswer? Valuation { get; init; }
}
