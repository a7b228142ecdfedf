using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using Xunit;

namespace OrleansTrader.Core.Tests.Accounts;

/// <summary>What a limit sets off that refuses an entry into ETH, while half of the 1,000 is in BTC.</summary>
public class LimitReactionTests
{
    private readonly Trader _trader = new() { Limits = RiskLimits.None with { MaxPositionShare = 0.5m, MaxDailyLoss = 0.9m } };

    public static TheoryData<RefusalCode> Limits =>
    [
        RefusalCode.TooManyPositions, RefusalCode.TradesPerDay, RefusalCode.SymbolExposure, RefusalCode.TotalExposure,
        RefusalCode.Correlation, RefusalCode.Spread, RefusalCode.Liquidity, RefusalCode.StaleData,
    ];

    [Theory]
    [MemberData(nameof(Limits))]
    public void A_limit_that_only_refuses_sets_nothing_off(RefusalCode limit)
    {
        Hold();
        Assert.Empty(Refuse(limit, LimitReaction.Refuse));
        Assert.DoesNotContain(_trader.Facts, fact => fact.Kind == FactKind.LimitHit);
        Assert.Equal(RunState.Running, _trader.State.Run);
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public void A_limit_that_pauses_pauses_with_each_entry_that_it_refuses(RefusalCode limit)
    {
        var protection = Hold();
        Assert.Empty(Refuse(limit, LimitReaction.Pause));
        Assert.Equal((RunState.Paused, limit), (_trader.State.Run, _trader.State.Risk.PausedBy));
        Assert.Equal(Build.Eth.Symbol, Breach().Symbol);
        Assert.StartsWith("An entry into ETHUSDT was refused, ", Breach().Describe(), StringComparison.Ordinal);
        Assert.EndsWith(": the account is paused.", Breach().Describe(), StringComparison.Ordinal);
        Assert.True(_trader.State.Orders.Exists(order => order.Id == protection.OrderId && !order.IsCancelRequested));

        _trader.Set(RunState.Running);
        Assert.Equal(RefusalCode.None, _trader.State.Risk.PausedBy);
        Assert.Empty(Ask(limit));
        Assert.Equal(RunState.Paused, _trader.State.Run);
        Assert.Equal(2, _trader.Facts.Count(fact => fact.Kind == FactKind.LimitHit));
        var replayed = _trader.Replayed();
        Assert.Equal((RunState.Paused, limit, LimitHits.None), (replayed.Run, replayed.Risk.PausedBy, replayed.Risk.Hits));
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public void A_limit_that_flattens_sells_what_is_held_and_is_silent_where_nothing_is(RefusalCode limit)
    {
        var protection = Hold();
        var cancel = Assert.Single(Refuse(limit, LimitReaction.Flatten));
        Assert.Equal((RequestKind.Cancel, protection.OrderId), (cancel.Kind, cancel.OrderId));
        Assert.Equal(limit, Breach().Limit);
        Assert.Empty(Ask(limit));
        var sale = Assert.Single(_trader.Report(_trader.Ended(protection, ReportKind.Canceled)));
        _trader.Report(_trader.Traded(sale, 8, sale.Quantity, 100));
        Assert.Equal(ExitReason.Limit, Assert.Single(_trader.Facts, fact => fact.Kind == FactKind.PositionClosed).Exit);
        Assert.Equal(limit, _trader.Facts.Last(fact => fact.Decision?.Sale is not null).Decision!.Sale!.Breach!.Limit);

        // Some of the limits are as full as before, and of what they refuse nothing is told.
        _trader.Signal(Build.Eth.Symbol, 50, new Signal(Direction.Long, 1, 45, 60));
        Assert.Single(_trader.Facts, fact => fact.Kind == FactKind.LimitHit);
        Assert.Equal(RunState.Running, _trader.State.Run);
    }

    [Fact]
    public void An_entry_of_the_same_moment_is_taken_back_before_it_is_sent()
    {
        _trader.Limits = RiskLimits.None with { MaxPositionShare = 0.5m, MaxOpenPositions = 1, OpenPositionsReaction = LimitReaction.Flatten };
        var requests = _trader.Together(100, new Signal(Direction.Long, 1, 90, 130), new Signal(Direction.Long, 1, 45, 60));
        Assert.Equal([RequestKind.Place, RequestKind.Cancel], requests.Select(request => request.Kind));
        Assert.Equal(requests[0].OrderId, requests[1].OrderId);
        Assert.Empty(_trader.Report(ExecutionReport.WithdrawalOf(in requests[1])));
        Assert.True(_trader.State.Positions.TrueForAll(position => position.IsIdle));
        Assert.Equal((1_000m, 0m), (_trader.State.Cash, _trader.State.Reserved));
    }

    private LimitBreach Breach() => _trader.Facts.Last(fact => fact.Kind == FactKind.LimitHit).Breach!;

    private OrderRequest[] Refuse(RefusalCode limit, LimitReaction reaction)
    {
        var wish = _trader.Forbid(limit);
        var limits = _trader.Limits;
        _trader.Limits = limit switch
        {
            RefusalCode.TooManyPositions => limits with { OpenPositionsReaction = reaction },
            RefusalCode.TradesPerDay => limits with { TradesPerDayReaction = reaction },
            RefusalCode.SymbolExposure => limits with { SymbolExposureReaction = reaction },
            RefusalCode.TotalExposure => limits with { ExposureReaction = reaction },
            RefusalCode.Correlation => limits with { ClusterExposureReaction = reaction },
            RefusalCode.Spread => limits with { SpreadReaction = reaction },
            RefusalCode.Liquidity => limits with { LiquidityReaction = reaction },
            _ => limits with { DataAgeReaction = reaction },
        };
        return Ask(limit, wish);
    }

    private OrderRequest[] Ask(RefusalCode limit, Signal? wish = null)
    {
        var requests = _trader.Signal(Build.Eth.Symbol, 50, wish ?? new Signal(Direction.Long, 1, 45, 60));
        Assert.Equal(limit, _trader.Eth.LastRefusal);
        return requests;
    }

    /// <summary>Holds 5 bought at 100, protected at 90 and 130.</summary>
    private OrderRequest Hold()
    {
        while (_trader.Hour < 12) _trader.NextHour();
        var entry = Assert.Single(_trader.Buy(100, 90, 130));
        var protection = Assert.Single(_trader.Report(_trader.Accepted(entry), _trader.Traded(entry, 1, 5, 100)));
        _trader.Report(_trader.Accepted(protection));
        _trader.NextHour();
        return protection;
    }
}
