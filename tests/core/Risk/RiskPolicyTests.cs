using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using Xunit;

namespace OrleansTrader.Core.Tests.Risk;

/// <summary>Each limit at its edge: one step inside passes, one step outside is refused with its code.</summary>
public class RiskPolicyTests
{
    private static readonly RiskLimits Limits = new() { MaxPositionShare = 0.25m, MaxOpenPositions = 3, MinNotional = 20, CooldownBars = 5 };

    [Theory]
    [InlineData(RunState.Running, RefusalCode.None)]
    [InlineData(RunState.Paused, RefusalCode.NotRunning)]
    [InlineData(RunState.Stopped, RefusalCode.NotRunning)]
    public void Only_a_running_account_takes_new_positions(RunState run, RefusalCode expected) =>
        Assert.Equal(expected, Judge(run: run).Refusal);

    [Theory]
    [InlineData(4, RefusalCode.Cooldown)]
    [InlineData(5, RefusalCode.None)]
    [InlineData(6, RefusalCode.None)]
    public void A_symbol_that_was_left_rests_for_its_cooldown(int barsSinceExit, RefusalCode expected) =>
        Assert.Equal(expected, Judge(barsSinceExit: barsSinceExit).Refusal);

    [Theory]
    [InlineData(2, RefusalCode.None)]
    [InlineData(3, RefusalCode.TooManyPositions)]
    [InlineData(4, RefusalCode.TooManyPositions)]
    public void Positions_are_counted(int open, RefusalCode expected) => Assert.Equal(expected, Judge(openPositions: open).Refusal);

    [Theory]
    [InlineData(99.99, 100.01, RefusalCode.None)]
    [InlineData(100, 110, RefusalCode.StopOnWrongSide)]
    [InlineData(101, 110, RefusalCode.StopOnWrongSide)]
    [InlineData(90, 100, RefusalCode.StopOnWrongSide)]
    [InlineData(-1, 110, RefusalCode.StopOnWrongSide)]
    public void Stop_and_target_lie_around_the_price(double stop, double target, RefusalCode expected) =>
        Assert.Equal(expected, Judge(new Signal(Direction.Long, 1, stop, target)).Refusal);

    [Theory]
    [InlineData(0, RefusalCode.NoCash)]
    [InlineData(20.4, RefusalCode.BelowMinNotional)]
    [InlineData(20.41, RefusalCode.None)]
    public void A_position_must_be_worth_opening(double freeCash, RefusalCode expected) =>
        Assert.Equal(expected, Judge(freeCash: (decimal)freeCash).Refusal);

    [Fact]
    public void The_stop_must_be_worth_placing_too()
    {
        // Of 25.50 USDT 2 % may go on the way; what the rest buys at 100 is 19.99 at a stop of 80, too little for a stop order of 20.
        Assert.Equal(RefusalCode.BelowMinNotional, Judge(new Signal(Direction.Long, 1, 80, 120), freeCash: 25.5m).Refusal);
        Assert.Equal(RefusalCode.None, Judge(new Signal(Direction.Long, 1, 80, 120), freeCash: 25.52m).Refusal);
    }

    [Fact]
    public void What_no_whole_step_covers_is_not_counted()
    {
        // 22 USDT buy 215 and some coins at 0.1, of which the exchange takes whole hundreds: 115 are sure, worth 11.56.
        var coarse = new SymbolRules("XUSDT", "X", "USDT", 0.0001m, 100, 5);
        Assert.Equal(RefusalCode.BelowMinNotional, Judge(freeCash: 22, price: 0.1, rules: coarse).Refusal);
        Assert.Equal(RefusalCode.None, Judge(freeCash: 31, price: 0.1, rules: coarse).Refusal);
    }

    [Fact]
    public void The_budget_is_the_share_of_equity_or_the_cash_that_is_left()
    {
        Assert.Equal(250m, Judge(freeCash: 1_000).Order.Budget);
        Assert.Equal(249.99m, Judge(freeCash: 249.99m).Order.Budget);
        Assert.False(default(RiskDecision).IsApproved);
    }

    [Fact]
    public void A_position_stays_so_small_that_one_order_at_the_market_sells_it_also_when_it_was_bought_for_less()
    {
        // Of 2 BTC that one order may sell 10 % stay free, at 100 that is 180; with 100 owned 80 are left, and with 180 nothing.
        var entry = new Entry { Rules = Build.Btc with { MostAtMarket = 2 } };
        var sheet = new CheckSheet();
        Assert.Equal(180, entry.Judge(Limits, sheet).Order.Budget);
        Assert.Contains(new RiskCheck(RefusalCode.SymbolExposure, 0, 180, Passed: true), sheet.ToImmutable());
        Assert.Equal(80, (entry with { SymbolExposure = 100 }).Judge(Limits).Order.Budget);
        Assert.Equal(RefusalCode.BelowMinNotional, (entry with { SymbolExposure = 179.99m }).Judge(Limits).Refusal);
        Assert.Equal(RefusalCode.SymbolExposure, (entry with { SymbolExposure = 180 }).Judge(Limits).Refusal);
        Assert.Equal(250, (entry with { Rules = Build.Btc with { MostAtMarket = 3 } }).Judge(Limits).Order.Budget);
        Assert.Equal(250, (entry with { Rules = Build.Btc, SymbolExposure = 180 }).Judge(Limits).Order.Budget);
    }

    [Fact]
    public void Each_check_is_noted_with_its_numbers_up_to_the_one_that_refused()
    {
        var sheet = new CheckSheet();
        Judge(openPositions: 3, sheet: sheet);
        Assert.Equal([RefusalCode.KillSwitch, RefusalCode.NotRunning, RefusalCode.Cooldown, RefusalCode.TooManyPositions], sheet.ToImmutable().Select(check => check.Code));
        Assert.Equal(new RiskCheck(RefusalCode.TooManyPositions, 3, 3, Passed: false), sheet.Checks[^1]);
        Assert.Equal("3 positions open, 3 allowed", sheet.Checks[^1].Describe());
    }

    private static RiskDecision Judge(
        Signal? signal = null,
        RunState run = RunState.Running,
        decimal freeCash = 1_000,
        int openPositions = 0,
        int barsSinceExit = int.MaxValue,
        CheckSheet? sheet = null,
        double price = 100,
        SymbolRules? rules = null)
    {
        var wish = signal ?? new Signal(Direction.Long, 1, double.NaN, double.NaN);
        var market = default(EntryMarket);
        var entry = new EntryRequest(in wish, in market)
        {
            Rules = rules ?? Build.Btc,
            Price = price,
            Run = run,
            Equity = 1_000,
            FreeCash = freeCash,
            OpenPositions = openPositions,
            BarsSinceExit = barsSinceExit,
        };
        return RiskPolicy.Judge(in entry, Limits, sheet ?? new CheckSheet());
    }
}
