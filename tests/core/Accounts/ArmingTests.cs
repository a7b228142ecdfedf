using FsCheck;
using FsCheck.Fluent;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using Xunit;

namespace OrleansTrader.Core.Tests.Accounts;

/// <summary>Real money opens positions only while its owner has armed the account, and few of them on the first day.</summary>
public class ArmingTests
{
    private const int Cases = 2_000;
    private const int Events = 60;
    private const decimal Most = 50;

    private readonly Trader _trader = new();

    [Fact]
    public void An_account_of_real_money_opens_nothing_until_it_is_armed_and_says_so()
    {
        Demand();
        Assert.Empty(_trader.Buy());
        var refused = _trader.Facts[^1];
        Assert.Equal((FactKind.EntryRefused, RefusalCode.NotArmed), (refused.Kind, refused.Refusal));
        Assert.Equal("the account trades at an exchange and is not armed", refused.Decision!.Checks[^1].Describe());

        Arm();
        _trader.NextHour();
        Assert.Equal(Most, Assert.Single(_trader.Buy()).Budget);
        Assert.Contains("an entry may cost 50.00 on the first day, at least ", _trader.Facts[^1].Decision!.Checks.Single(check => check.Code == RefusalCode.FirstDay).Describe(), StringComparison.Ordinal);
        Assert.Equal(("owner", true), (_trader.State.Arming!.ArmedBy, _trader.Replayed().Arming!.IsArmed));
    }

    [Fact]
    public void On_paper_nobody_has_to_arm()
    {
        Arm();
        Assert.Null(_trader.State.Arming);
        Assert.Single(_trader.Buy());
        Assert.DoesNotContain(_trader.Facts[^1].Decision!.Checks, check => check.Code is RefusalCode.NotArmed or RefusalCode.FirstDay);
    }

    // Armed at the close of bar 0, so that the first bar to decide upon closes an hour later and the day ends 24 hours after that.
    [Theory]
    [InlineData(1, true)]
    [InlineData(24, true)]
    [InlineData(25, false)]
    public void The_first_day_lasts_for_24_hours_of_bars_from_the_first_one_after_the_arming(int hours, bool isBound)
    {
        Demand();
        Arm();
        for (var i = 0; i < hours; i++) _trader.NextHour();
        Assert.Equal(isBound ? Most : 1_000, Assert.Single(_trader.Buy()).Budget);
    }

    [Fact]
    public void Arming_again_begins_no_second_first_day_and_bars_that_are_made_up_for_use_up_none()
    {
        Demand();
        // The account stands three days behind the clock on the wall.
        var now = Build.Close(_trader.Hour).AddDays(3);
        Arm(now);
        Assert.Equal(now.AddDays(1), _trader.State.Arming!.FirstDayEnds);
        Disarm();
        Arm(now.AddDays(9));
        Assert.Equal((now.AddDays(1), now.AddDays(9)), (_trader.State.Arming!.FirstDayEnds, _trader.State.Arming.ArmedAt));
    }

    [Fact]
    public void What_the_first_day_allows_and_the_exchange_does_not_is_refused_with_both_numbers()
    {
        Demand(most: 5);
        Arm();
        Assert.Empty(_trader.Buy(stop: 90, target: 120));
        var refused = _trader.Facts[^1];
        // 5 at a stop of 90, one step of 0.00001 and 2 % for costs: (5 / 90 + 0.00001) * 100 / 0.98 = 5.67.
        Assert.Equal((RefusalCode.FirstDay, "an entry may cost 5.00 on the first day, at least 5.67 needed"), (refused.Refusal, refused.Decision!.Checks[^1].Describe()));
    }

    [Fact]
    public void The_kill_switch_disarms_and_a_killed_account_cannot_be_armed()
    {
        Demand();
        Arm();
        _trader.Command((account, time) => account.PullKillSwitch(time));
        Assert.Equal(FactKind.Disarmed, _trader.Facts[^1].Kind);
        Arm();
        Assert.False(_trader.State.Arming!.IsArmed);
        _trader.Command((account, time) => account.ReleaseKillSwitch(time));
        Assert.Empty(_trader.Buy());
        Arm();
        _trader.NextHour();
        Assert.Single(_trader.Buy());
    }

    [Fact]
    public void Disarming_takes_back_what_still_buys_and_leaves_what_covers()
    {
        Demand();
        Arm();
        var entry = Assert.Single(_trader.Buy(stop: 90, target: 120));
        var protection = Assert.Single(_trader.Report(_trader.Traded(entry, 1, 0.4m, 100)));
        var other = Assert.Single(_trader.Signal(Build.Eth.Symbol, 50, new Signal(Direction.Long, 1, 45, 60)));
        Assert.Equal((RequestKind.Cancel, other.OrderId), (Assert.Single(Disarm()).Kind, other.OrderId));
        Assert.Empty(_trader.Report(_trader.Traded(protection, 2, 0.4m, 90, leg: OcoLeg.Stop)));
        Assert.Equal(ExitReason.Stop, Assert.Single(_trader.Facts, fact => fact.Kind == FactKind.PositionClosed).Exit);
    }

    [Fact]
    public void No_entry_is_opened_disarmed_none_costs_more_on_the_first_day_and_the_journal_decides_alike()
    {
        var (entries, bound) = (0, 0);
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var trader = new Trader(limits: RiskLimits.None with { MaxPositionShare = random.Next(1, 11) / 10m });
            trader.Command((account, time) => ArmingBook.Demand(account, random.Next(3) * 40, time));
            var trade = 0L;
            for (var i = 0; i < Events; i++)
            {
                switch (random.Next(9))
                {
                    case 0: trader.Command((account, time) => ArmingBook.Arm(account, By(time.AddMinutes(random.Next(600) - 300)), time)); break;
                    case 1 when random.Next(3) == 0: trader.Command((account, time) => ArmingBook.Disarm(account, By(time), time)); break;
                    case 2 when random.Next(4) == 0: trader.Command((account, time) => account.PullKillSwitch(time)); break;
                    case 3: trader.Command((account, time) => account.ReleaseKillSwitch(time)); break;
                    case < 6:
                        for (var hours = random.Next(1, 6); hours > 0; hours--) trader.NextHour();
                        break;
                    default:
                        var price = 80 + random.Next(40);
                        var isBtc = random.Next(2) == 0;
                        var signal = random.Next(3) == 0 ? Signal.Flat(1) : new Signal(Direction.Long, 1, price - random.Next(1, 20), price + 10);
                        var rebuilt = trader.Replayed();
                        double[] marks = [trader.Btc.Mark, trader.Eth.Mark];
                        var (arming, time) = (trader.State.Arming!, Build.Close(trader.Hour));
                        var requests = trader.Signal(isBtc ? Build.Btc.Symbol : Build.Eth.Symbol, price, signal);
                        if (!rebuilt.Arming!.Equals(arming) || !trader.Account.Requests.SequenceEqual(Decide(rebuilt, marks, trader.Limits, time, isBtc ? 0 : 1, price, signal))) return false;
                        foreach (var entry in requests.Where(request => request is { Kind: RequestKind.Place, Purpose: OrderPurpose.Entry }))
                        {
                            var most = arming.MostAt(time);
                            if (!arming.IsArmed || (most > 0 && entry.Budget > most)) return false;
                            entries++;
                            if (entry.Budget == most) bound++;
                            trader.Report(trader.Traded(entry, ++trade, Math.Floor(entry.Budget / price * 900) / 1_000, price));
                        }

                        break;
                }
            }

            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases));
        Assert.True(entries > Cases && bound > Cases / 10, $"{entries} entries, {bound} of them bound, prove little");
    }

    /// <summary>What an account made of the journal alone, with the prices that the bars bring again, asks for.</summary>
    private static OrderRequest[] Decide(AccountState rebuilt, double[] marks, RiskLimits limits, DateTime time, int slot, double price, Signal signal)
    {
        for (var i = 0; i < marks.Length; i++) rebuilt.Positions[i].Mark = marks[i];
        var account = new Account(rebuilt, explains: true);
        account.Use(limits);
        account.OpenDay(time);
        account.Mark(slot, price);
        account.MarkEquity();
        account.Decide(slot, time, in signal, default, limits, default);
        return account.Requests.ToArray();
    }

    private static AccountCommand By(DateTime at) => new("owner", "127.0.0.1", "POST /api/v1/arm") { At = at };

    private void Demand(decimal most = Most) => _trader.Command((account, time) => ArmingBook.Demand(account, most, time));

    private void Arm(DateTime? at = null) => _trader.Command((account, time) => ArmingBook.Arm(account, By(at ?? time), time));

    private OrderRequest[] Disarm() => _trader.Command((account, time) => ArmingBook.Disarm(account, By(time), time));
}
