using System.Collections.Immutable;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using Xunit;

namespace OrleansTrader.Core.Tests.Accounts;

/// <summary>Looks at an account and its exchange, a second apart unless said.</summary>
public class DifferenceWatchTests
{
    private static readonly Differences Money = new([], [], [], [new AssetDifference("USDT", Symbol: null, 100, 150)]);
    private static readonly Differences Order = Money with { Assets = [], Orders = [new OrderRequest { OrderId = 7, Symbol = "BTCUSDT" }] };

    private static readonly ExchangePicture Picture = new([], [], []) { Time = Build.Start };

    private readonly DifferenceWatch _watch = new();
    private int _second;

    [Fact]
    public void Money_is_taken_over_after_three_looks_and_twelve_seconds_without_a_change()
    {
        for (var second = 0; second < 12; second++) Assert.Equal(DifferenceVerdict.Ask, Look(Money));
        Assert.Equal(DifferenceVerdict.Adopt, Look(Money));
        _watch.Begin();
        _second += 60;
        Assert.Equal(DifferenceVerdict.Ask, Look(Money));
    }

    [Fact]
    public void What_changes_or_is_under_way_begins_that_anew()
    {
        for (var second = 0; second < 12; second++) Look(Money);
        Assert.Equal(DifferenceVerdict.Ask, Look(Money with { Assets = [new AssetDifference("USDT", Symbol: null, 100, 151)] }));
        for (var second = 0; second < 11; second++) Look(Money);
        Assert.Equal(DifferenceVerdict.Ask, Look(Money, isQuiet: false));
        Assert.Equal(DifferenceVerdict.Ask, Look(Money));
    }

    [Fact]
    public void An_order_is_given_up_once_the_exchange_has_told_of_it_four_times_or_has_not_in_thirty_looks()
    {
        for (var answer = 0; answer < 4; answer++)
        {
            Assert.Equal(DifferenceVerdict.Ask, Look(Order));
            _watch.NoteAnswer(7);
        }

        Assert.Equal(DifferenceVerdict.GiveUp, Look(Order));
        _watch.Begin();
        for (var look = 1; look < 30; look++) Assert.Equal(DifferenceVerdict.Ask, Look(Order));
        Assert.Equal(DifferenceVerdict.GiveUp, Look(Order));
    }

    [Fact]
    public void An_old_journal_is_refused_at_once() => Assert.Equal(DifferenceVerdict.Refuse, Look(Order with { Unwritten = 9 }));

    [Fact]
    public void Looks_grow_rarer_up_to_ten_seconds()
    {
        var pauses = Enumerable.Range(0, 12).Select(_ =>
        {
            Look(Order);
            return (int)_watch.Pause.TotalSeconds;
        });
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10], pauses);
    }

    [Fact]
    public void A_stop_is_stuck_when_it_is_seen_so_twice_in_a_row()
    {
        ImmutableArray<RestingOrder> stop = [new(3, "BTCUSDT", "stop", OrderSide.Sell, OcoLeg.Stop, 1, 0) { IsTriggered = true }];
        var (none, stuck, account) = (Money with { Assets = [] }, Money with { Assets = [], Stuck = stop }, new AccountState());
        Assert.Empty(_watch.Care(account, stuck, Picture));
        Assert.Empty(_watch.Care(account, none, Picture));
        Assert.Empty(_watch.Care(account, stuck, Picture));
        Assert.Equal((ReportKind.StopStuck, "BTCUSDT"), Assert.Single(_watch.Care(account, stuck, Picture)) is var report ? (report.Kind, report.Symbol!) : default);
    }

    private DifferenceVerdict Look(Differences differences, bool isQuiet = true) => _watch.Judge(differences, isQuiet, TimeSpan.FromSeconds(_second++));
}
