using FsCheck;
using FsCheck.Fluent;
using OrleansTrader.Core.Market;
using Xunit;
using Interval = OrleansTrader.Core.Market.Interval;

namespace OrleansTrader.Core.Tests.Market;

public class MarketTests
{
    [Theory]
    [InlineData("1m", 60)]
    [InlineData("15m", 900)]
    [InlineData("1h", 3600)]
    [InlineData("4h", 14400)]
    [InlineData("1d", 86400)]
    [InlineData("1w", 604800)]
    public void An_interval_reads_and_writes_as_Binance_names_it(string text, int seconds)
    {
        var interval = Interval.Parse(text);
        Assert.Equal(seconds, interval.Length.TotalSeconds);
        Assert.Equal(text, interval.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("h")]
    [InlineData("0h")]
    [InlineData("-1h")]
    [InlineData("1.5h")]
    [InlineData("1 h")]
    [InlineData("1H")]
    [InlineData("1y")]
    public void What_is_no_interval_is_refused_with_a_sentence(string text) =>
        Assert.Contains("is not an interval", Assert.Throws<FormatException>(() => Interval.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_floor_is_a_whole_number_of_steps_and_never_above() =>
        Prop.ForAll(Amounts().ToArbitrary(), amount =>
        {
            var floor = Build.Btc.FloorToStep(amount);
            return floor <= amount && amount - floor < Build.Btc.StepSize && Build.Btc.IsOnStep(floor);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_affordable_fits_the_budget_and_one_step_more_does_not() =>
        Prop.ForAll(Amounts().ToArbitrary(), Amounts().ToArbitrary(), (budget, price) =>
        {
            if (price == 0) return true;
            var quantity = Build.Btc.Affordable(budget, price);
            return quantity * price <= budget && (quantity + Build.Btc.StepSize) * price > budget && Build.Btc.IsOnStep(quantity);
        }).QuickCheckThrowOnFailure();

    // Where the quotient is a whole number or lies a hair beside one, doubles cannot tell and decimals must.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    public void The_last_affordable_step_is_neither_lost_nor_given_away(int hair) =>
        Prop.ForAll(Gen.Choose(1, int.MaxValue).ToArbitrary(), Gen.Choose(1, int.MaxValue).ToArbitrary(), (steps, ticks) =>
        {
            var quantity = steps * Build.Btc.StepSize;
            var price = ticks * Build.Btc.TickSize;
            var least = new decimal(1, 0, 0, isNegative: false, scale: 10);
            var expected = hair < 0 ? quantity - Build.Btc.StepSize : quantity;
            return Build.Btc.Affordable((quantity * price) + (hair * least), price) == expected
                && Build.Btc.FloorToStep(quantity + (hair * least)) == expected;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_quantity_is_on_a_step_where_nothing_remains() =>
        Prop.ForAll(Amounts().ToArbitrary(), amount => Build.Btc.IsOnStep(amount) == (amount % Build.Btc.StepSize == 0)
            && Build.Btc.IsOnTick(amount) == (amount % Build.Btc.TickSize == 0)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_price_on_a_tick_stays_where_it_is_whichever_way_it_is_rounded() =>
        Prop.ForAll(Gen.Choose(1, 100_000_000).ToArbitrary(), ticks =>
        {
            var price = ticks * 0.01m;
            var asDouble = (double)price;
            return Build.Btc.RoundToTick(asDouble) == price && Build.Btc.RoundUpToTick(asDouble) == price && Build.Btc.RoundDownToTick(asDouble) == price;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Rules_that_are_changed_in_one_figure_are_those_that_are_made_with_it()
    {
        var changed = Build.Btc with { TickSize = 0.5m, StepSize = 0.25m };
        Assert.Equal(new SymbolRules("BTCUSDT", "BTC", "USDT", 0.5m, 0.25m, 5), changed);
        Assert.Equal((90m, 90.5m, 1.25m, false), (changed.RoundDownToTick(90.13), changed.RoundUpToTick(90.13), changed.FloorToStep(1.3m), changed.IsOnStep(0.1m)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Build.Btc with { TickSize = 0 });
    }

    [Fact]
    public void A_series_keeps_the_latest_candles_in_order()
    {
        var series = new CandleSeries(3);
        for (var i = 0; i < 5; i++)
        {
            var bar = Build.Bar(i, i + 1, i + 1, i + 1, i + 1);
            series.Append(in bar);
        }

        Assert.Equal([3, 4, 5], series.ToArray().Select(candle => candle.Close));
        Assert.Throws<ArgumentException>(() => series.Append(Build.Bar(2, 1, 1, 1, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => series[3]);
    }

    private static Gen<decimal> Amounts() => Gen.Choose(0, int.MaxValue).SelectMany(_ => Gen.Choose(0, 8), (units, places) => units / (decimal)Math.Pow(10, places));
}
