using OrleansTrader.Core.Market;
using OrleansTrader.Core.Matching;

namespace OrleansTrader.ExchangeSimulator.Orders;

/// <summary>
/// One order in core's matching engine. The exchange shows it, one after the other, the offers of the book when it takes, the
/// moves of the price when it rests, and whether the price has come when it waits for one; the engine says what trades and at which price.
/// </summary>
/// <remarks>Funds and rules of the exchange are judged outside, so here there is more than enough of everything.</remarks>
internal sealed class EngineOrder
{
    private const decimal Plenty = 1e20m;
    private const double PlentyOfVolume = 1e15;
    private const long Id = 1;

    private static readonly MatchingOptions Options = new() { FeeBps = 0, SlippageBps = 0, MaxVolumeShare = 1 };
    private static readonly Interval Interval = Interval.Parse("1s");

    // The engine lets an order meet each bar once. What it is shown here has no time of its own, only an order.
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(2);

    private readonly MatchingEngine _engine = new(Options, Interval, Plenty);
    private readonly SymbolBook _book;
    private readonly List<ExecutionReport> _reports = [];
    private readonly OrderSide _side;
    private readonly decimal _limit;
    private DateTime _moment = DateTime.UnixEpoch;

    private EngineOrder(SymbolRules rules, in OrderRequest request, decimal last)
    {
        _side = request.Side;
        _limit = request.LimitPrice;
        _book = _engine.List(rules with { MinNotional = 0 });
        MatchingEngine.RestoreHolding(_book, Plenty, (double)last);
        MatchingEngine.Show(_book, BarOf(last, last, 0));
        _engine.Submit(request with { Kind = RequestKind.Place, OrderId = Id, Symbol = rules.Symbol, ActiveFrom = _moment }, _reports);
        IsAccepted = _reports is [{ Kind: ReportKind.Accepted }];
    }

    /// <summary>False when the engine refused the order, as it does a stop whose price has been passed.</summary>
    public bool IsAccepted { get; }

    /// <summary>Trades at the limit or better.</summary>
    public static EngineOrder AtLimit(SymbolRules rules, OrderSide side, decimal quantity, decimal limit) =>
        new(rules, new OrderRequest { Side = side, Type = OrderType.Limit, Quantity = quantity, LimitPrice = limit }, limit);

    /// <summary>Trades at any price.</summary>
    public static EngineOrder AtMarket(SymbolRules rules, OrderSide side, decimal quantity) =>
        AtLimit(rules, side, quantity, side == OrderSide.Buy ? rules.TickSize * 10_000_000_000 : rules.TickSize);

    /// <summary>Waits until the price has come to <paramref name="stop"/>.</summary>
    /// <param name="isRise">From below; otherwise from above.</param>
    public static EngineOrder Trigger(SymbolRules rules, bool isRise, decimal stop, decimal last) =>
        new(rules, new OrderRequest { Side = isRise ? OrderSide.Buy : OrderSide.Sell, Type = OrderType.Stop, Quantity = rules.StepSize, StopPrice = stop }, last);

    /// <summary>What it takes of an offer; 0 when it does not want it.</summary>
    public decimal Take(decimal price, decimal quantity) => Meet(BarOf(price, price, (double)quantity))?.Quantity ?? 0;

    /// <summary>What of a resting limit order trades when the price of the market goes from one to the other; 0 for nothing.</summary>
    /// <param name="volume">The most that it may trade, base currency; negative for any quantity.</param>
    public decimal Rest(decimal from, decimal to, decimal volume)
    {
        // Who rests trades at the own price, however far the market has jumped.
        var start = _side == OrderSide.Buy ? Math.Max(from, _limit) : Math.Min(from, _limit);
        return Meet(BarOf(start, to, volume < 0 ? PlentyOfVolume : (double)volume))?.Quantity ?? 0;
    }

    /// <summary>The price at which the wait is over when the price of the market goes from one to the other; null when it is not.</summary>
    public decimal? Reach(decimal from, decimal to) => Meet(BarOf(from, to, PlentyOfVolume))?.Price;

    private ExecutionReport? Meet(in Candle bar)
    {
        _reports.Clear();
        _engine.Match(_book, in bar, _reports);
        foreach (var report in _reports)
            if (report.Kind == ReportKind.Traded)
                return report;
        return null;
    }

    private Candle BarOf(decimal from, decimal to, double volume)
    {
        var (open, close) = ((double)from, (double)to);
        var bar = new Candle(_moment, open, Math.Max(open, close), Math.Min(open, close), close, volume);
        _moment += Step;
        return bar;
    }
}
