using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using Xunit;

namespace OrleansTrader.Core.Tests.Accounts;

/// <summary>Whatever refuses an entry lets every order pass that reduces a position, by whichever way it is left.</summary>
public class ReducingOrderTests
{
    private readonly Trader _trader = new() { Limits = RiskLimits.None with { MaxPositionShare = 0.5m, MaxDailyLoss = 0.9m } };

    /// <summary>How a position is left.</summary>
    public enum Way
    {
        Stop,
        Target,
        Signal,
        Kill,
        Limit,
    }

    public static TheoryData<RefusalCode, Way> Cases =>
        new MatrixTheoryData<RefusalCode, Way>([.. Enum.GetValues<RefusalCode>().Where(code => code != RefusalCode.None)], Enum.GetValues<Way>());

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_refusal_of_entries_never_holds_back_an_exit(RefusalCode code, Way way)
    {
        var protection = Hold(code == RefusalCode.NoCash ? 10 : 5);
        var wish = _trader.Forbid(code);
        var before = _trader.Facts.Count;
        Assert.Empty(_trader.Signal(Build.Eth.Symbol, 50, wish));
        Assert.Equal(code, Assert.Single(_trader.Facts.Skip(before), fact => fact.Kind == FactKind.EntryRefused).Refusal);

        Leave(protection, way, code);
        var closed = Assert.Single(_trader.Facts, fact => fact.Kind == FactKind.PositionClosed);
        Assert.Equal((Reason(way), 0m, 0), (closed.Exit, _trader.Btc.Quantity, _trader.State.Orders.Count));
    }

    private static ExitReason Reason(Way way) => way switch
    {
        Way.Stop => ExitReason.Stop,
        Way.Target => ExitReason.Target,
        Way.Signal => ExitReason.Signal,
        Way.Kill => ExitReason.KillSwitch,
        _ => ExitReason.Limit,
    };

    private void Leave(OrderRequest protection, Way way, RefusalCode code)
    {
        if (way is Way.Stop or Way.Target)
        {
            Assert.Empty(_trader.Report(_trader.Traded(protection, 7, _trader.Btc.Quantity, way == Way.Stop ? 90 : 130, leg: way == Way.Stop ? OcoLeg.Stop : OcoLeg.Target)));
            return;
        }

        if (way == Way.Limit)
        {
            // A limit that is crossed already is not crossed again.
            _trader.Limits = code == RefusalCode.Drawdown
                ? _trader.Limits with { MaxDailyLoss = 0.05m, DailyLossReaction = LimitReaction.Flatten }
                : _trader.Limits with { MaxDrawdown = 0.05m, DrawdownReaction = LimitReaction.Flatten };
        }

        var requests = way switch
        {
            Way.Signal => _trader.Leave(),
            Way.Kill => _trader.Command((account, time) => account.PullKillSwitch(time)),
            _ => _trader.Signal(Build.Btc.Symbol, 85, Signal.Hold),
        };
        Assert.Equal((RequestKind.Cancel, protection.OrderId), (Assert.Single(requests).Kind, requests[0].OrderId));
        var sale = Assert.Single(_trader.Report(_trader.Ended(protection, ReportKind.Canceled)));
        Assert.Equal((OrderSide.Sell, OrderType.Market, _trader.Btc.Quantity), (sale.Side, sale.Type, sale.Quantity));
        Assert.Empty(_trader.Report(_trader.Traded(sale, 8, sale.Quantity, 85)));
    }

    /// <summary>Holds so many bought at 100, protected at 90 and 130.</summary>
    private OrderRequest Hold(decimal quantity)
    {
        if (quantity == 10) _trader.Limits = _trader.Limits with { MaxPositionShare = 1 };
        while (_trader.Hour < 12) _trader.NextHour();
        var entry = Assert.Single(_trader.Buy(100, 90, 130));
        var protection = Assert.Single(_trader.Report(_trader.Accepted(entry), _trader.Traded(entry, 1, quantity, 100)));
        _trader.Report(_trader.Accepted(protection));
        _trader.NextHour();
        return protection;
    }
}
