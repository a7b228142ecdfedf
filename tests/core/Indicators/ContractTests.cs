using System.Globalization;
using System.Reflection;
using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Indicators.Timeframes;
using OrleansTrader.Core.Indicators.Volume;
using OrleansTrader.Core.Market;
using Xunit;

namespace OrleansTrader.Core.Tests.Indicators;

/// <summary>What holds for every indicator of the library, whoever adds one.</summary>
public class ContractTests
{
    // More than the longest warm-up, and then some.
    private const int Length = 400;

    // Powers of two, so that nothing is rounded on the way from 100 to about 1e-8 and 1e8.
    private static readonly double[] Scales = [Math.ScaleB(1, -33), Math.ScaleB(1, 20)];

    // These scale with the prices; what is a share, an index or a volume does not.
    private static readonly string[] InQuoteCurrency =
    [
        "SMA_20", "EMA_20", "WMA_20", "DEMA_20", "TEMA_20", "HMA_20", "KAMA_10", "VWMA_20", "MACD_12_26_9", "MACD_SIGNAL", "MACD_HIST",
        "SAR_002_02", "SUPERTREND_10_3", "ICHIMOKU_CONVERSION_9_26_52", "ICHIMOKU_BASE", "ICHIMOKU_SPAN_A", "ICHIMOKU_SPAN_B",
        "DONCHIAN_UPPER_20", "DONCHIAN_MIDDLE", "DONCHIAN_LOWER", "LINEARREG_SLOPE_14", "MOM_10", "AO_5_34", "TRANGE", "ATR_14",
        "BB_UPPER_20_2", "BB_MIDDLE", "BB_LOWER", "KELTNER_UPPER_20_10_2", "KELTNER_MIDDLE", "KELTNER_LOWER", "STDDEV_20",
        "VWAP_SESSION", "VWAP_ANCHORED", "FORCE_13", "MAX_20", "MIN_20",
    ];

    public static TheoryData<string> All => [.. IndicatorCatalog.Entries.Select(NameOf)];

    [Fact]
    public void Every_indicator_of_the_core_is_in_the_catalog_once()
    {
        // Another indicator over longer bars measures nothing of its own.
        var built = typeof(Indicator).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Indicator)) && !type.IsAbstract && type != typeof(LongerBars) && type.Namespace!.StartsWith(typeof(Indicator).Namespace!, StringComparison.Ordinal));
        var listed = IndicatorCatalog.Entries.Select(entry => entry.Create(ZeroRule.Exact).GetType());
        Assert.Equal(built.Select(type => type.Name).Order(StringComparer.Ordinal), listed.Select(type => type.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_column_has_a_name_of_its_own()
    {
        var names = IndicatorCatalog.Entries.SelectMany(entry => entry.Columns).Select(column => column.Name).ToList();
        Assert.Equal(names.Count, names.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_output_has_a_column_and_values_to_hold_it_against(string name)
    {
        var (entry, indicator) = (EntryOf(name), Create(name));
        Assert.Equal(indicator.Outputs.Select(output => output.Name).Order(StringComparer.Ordinal), entry.Columns.Select(column => column.Output).Order(StringComparer.Ordinal));
        foreach (var (column, output) in entry.Columns)
        {
            var isByHand = HandComputed.Cases.Any(of => of.Create().GetType() == indicator.GetType() && string.Equals(of.Output, output, StringComparison.Ordinal));
            Assert.True(isByHand || ReferenceColumns.All.Contains(column, StringComparer.Ordinal), $"{column} has neither reference nor hand-computed values");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Blocks_of_any_length_give_what_bars_one_by_one_give(string name)
    {
        var bars = WithUnsoundBars();
        var expected = OneByOne(Create(name), bars);
        var indicator = Create(name);
        var random = new Random(3);
        for (var start = 0; start < bars.Length;)
        {
            var length = Math.Min(random.Next(1, 60), bars.Length - start);
            indicator.Update(bars.AsSpan(start, length));
            for (var o = 0; o < expected.Length; o++)
            {
                AssertSame(expected[o].AsSpan(start, length), indicator.Outputs[o].Values);
                AssertSame(expected[o].AsSpan(start + length - 1, 1), [indicator.Outputs[o].Value]);
            }

            start += length;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_restored_indicator_goes_on_as_if_it_had_never_stopped(string name)
    {
        var bars = WithUnsoundBars();
        var expected = OneByOne(Create(name), bars);
        foreach (var cut in (int[])[0, 1, 2, 5, 13, 14, 15, 20, 26, 27, 33, 40, 52, 53, 100, 257, Length - 1])
        {
            var stopped = Create(name);
            stopped.Update(bars.AsSpan(0, cut));
            var used = Create(name);
            used.Update(Build.Walk(77, seed: 99));
            foreach (var other in (Indicator[])[Create(name), used])
            {
                other.Restore(stopped.Save());
                for (var o = 0; o < expected.Length; o++) AssertSame([stopped.Outputs[o].Value], [other.Outputs[o].Value]);
                var rest = OneByOne(other, bars[cut..]);
                for (var o = 0; o < expected.Length; o++) AssertSame(expected[o].AsSpan(cut), rest[o]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_state_of_another_length_is_refused_and_changes_nothing(string name)
    {
        var indicator = Create(name);
        indicator.Update(Build.Walk(60, seed: 4));
        var state = indicator.Save();
        Assert.Throws<ArgumentException>(() => indicator.Restore([.. state, 0]));
        Assert.Throws<ArgumentException>(() => indicator.Restore(state[..^8]));
        Assert.Equal(state, indicator.Save());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_state_of_another_indicator_is_refused_by_name_and_changes_nothing(string name)
    {
        var indicator = Create(name);
        indicator.Update(Build.Walk(60, seed: 4));
        var state = indicator.Save();
        foreach (var other in IndicatorCatalog.Entries.Select(entry => entry.Create(ZeroRule.Exact)).Where(other => other.GetType() != indicator.GetType()))
        {
            other.Update(Build.Walk(60, seed: 5));
            var refused = Assert.Throws<ArgumentException>(() => indicator.Restore(other.Save()));
            Assert.StartsWith($"The saved state is of {other.GetType().Name}, not of {indicator.GetType().Name}.", refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(state, indicator.Save());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_state_of_other_parameters_is_refused_and_changes_nothing(string name)
    {
        var constructor = Assert.Single(Create(name).GetType().GetConstructors());
        var parameters = constructor.GetParameters();
        var arguments = parameters.Select((parameter, place) => parameter.HasDefaultValue ? parameter.DefaultValue : 5 * (place + 1)).ToArray();
        var indicator = (Indicator)constructor.Invoke(arguments);
        indicator.Update(Build.Walk(60, seed: 4));
        var state = indicator.Save();
        for (var i = 0; i < parameters.Length; i++)
        {
            var changed = arguments.ToArray();
            changed[i] = arguments[i] switch
            {
                int whole => whole + 1,
                double number => number * 1.25,
                Enum of => Enum.ToObject(of.GetType(), 1 - Convert.ToInt32(of, CultureInfo.InvariantCulture) % 2),
                _ => Build.Start,
            };
            var other = (Indicator)constructor.Invoke(changed);
            other.Update(Build.Walk(60, seed: 4));
            Assert.Throws<ArgumentException>(() => indicator.Restore(other.Save()));
        }

        Assert.Equal(state, indicator.Save());
        indicator.Restore(state);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_reset_indicator_is_as_new(string name)
    {
        var bars = Build.Walk(Length, seed: 1);
        var indicator = Create(name);
        indicator.Update(Build.Walk(333, seed: 2, price: 7));
        indicator.Reset();
        Assert.All(indicator.Outputs, output => Assert.True(double.IsNaN(output.Value) && output.Values.IsEmpty));
        Assert.Equal(Create(name).Save(), indicator.Save());
        AssertSame(OneByOne(Create(name), bars), OneByOne(indicator, bars));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Each_output_is_first_known_when_its_warm_up_says(string name)
    {
        var indicator = Create(name);
        var values = OneByOne(indicator, Build.Walk(Length, seed: 1));
        for (var o = 0; o < values.Length; o++)
        {
            var warmUp = indicator.Outputs[o].WarmUp;
            for (var i = 0; i < Length; i++) Assert.True(double.IsNaN(values[o][i]) == i + 1 < warmUp, $"{indicator.Outputs[o].Name}, bar {i}: {values[o][i]} with a warm-up of {warmUp}");
        }

        Assert.Equal(indicator.Outputs.Max(output => output.WarmUp), indicator.WarmUp);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_value_never_changes_when_bars_are_appended(string name)
    {
        var bars = Build.Walk(Length, seed: 1);
        var whole = InOneBlock(Create(name), bars);
        foreach (var length in (int[])[1, 2, 14, 15, 30, 53, 60, 199, 200, Length - 1])
        {
            var first = InOneBlock(Create(name), bars[..length]);
            for (var o = 0; o < whole.Length; o++) AssertSame(whole[o].AsSpan(0, length), first[o]);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_bar_that_is_no_bar_is_answered_with_NaN_and_left_out(string name)
    {
        var bars = Build.Walk(Length, seed: 1);
        var expected = OneByOne(Create(name), bars);
        var indicator = Create(name);
        Candle[] unsound =
        [
            bars[0] with { Close = double.NaN }, bars[0] with { High = double.PositiveInfinity }, bars[0] with { Volume = double.NaN },
            bars[0] with { Low = 0 }, bars[0] with { Close = bars[0].High * 2 }, default,
        ];
        for (var i = 0; i < Length; i++)
        {
            indicator.Update(in bars[i]);
            for (var o = 0; o < expected.Length; o++) AssertSame([expected[o][i]], [indicator.Outputs[o].Value]);
            if (i % 7 != 0) continue;
            indicator.Update(in unsound[i / 7 % unsound.Length]);
            Assert.All(indicator.Outputs, output => Assert.True(double.IsNaN(output.Value)));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Nothing_traded_gives_finite_values(string name)
    {
        var bars = Build.Walk(Length, seed: 1);
        for (var i = 0; i < Length; i++)
        {
            if (i is < 100 or > 200) bars[i] = bars[i] with { Volume = 0 };
        }

        AssertFinite(Create(name), bars);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_price_that_never_moves_gives_finite_values(string name)
    {
        foreach (var price in (double[])[1e-8, 0.1, 7, 1e8])
        {
            AssertFinite(Create(name), [.. Enumerable.Range(0, Length).Select(i => Build.Bar(i, price, price, price, price, volume: i % 2 * 5))]);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_price_that_stops_moving_gives_finite_values(string name)
    {
        var bars = Build.Walk(Length, seed: 1);
        for (var i = 100; i < Length; i++) bars[i] = bars[99] with { OpenTime = bars[i].OpenTime, Open = bars[99].Close, High = bars[99].Close, Low = bars[99].Close };
        AssertFinite(Create(name), bars);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_gap_in_time_is_not_filled_and_one_in_price_is_survived(string name)
    {
        var bars = Build.Walk(Length, seed: 1);
        var later = bars.ToArray();
        for (var i = 200; i < Length; i++) later[i] = bars[i] with { OpenTime = bars[i].OpenTime.AddDays(9) };
        if (Create(name) is not SessionVwap) AssertSame(OneByOne(Create(name), bars), OneByOne(Create(name), later));

        for (var i = 200; i < Length; i++) later[i] = Scaled(bars[i], 1_000);
        AssertFinite(Create(name), later);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void One_bar_is_enough_only_for_what_needs_no_other(string name)
    {
        var indicator = Create(name);
        indicator.Update(Build.Walk(1, seed: 1));
        Assert.All(indicator.Outputs, output => Assert.Equal(output.WarmUp == 1, double.IsFinite(output.Value)));
        Assert.Equal(!double.IsNaN(indicator.Outputs[0].Value), indicator.IsReady);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Prices_of_1e_minus_8_and_1e8_give_the_same_figures_in_their_scale(string name)
    {
        var bars = Build.Walk(Length, seed: 1);
        var expected = OneByOne(Create(name), bars);
        foreach (var scale in Scales)
        {
            var scaled = OneByOne(Create(name), [.. bars.Select(bar => Scaled(bar, scale))]);
            for (var o = 0; o < expected.Length; o++)
            {
                var isPrice = InQuoteCurrency.Contains(ColumnOf(name, Create(name).Outputs[o]), StringComparer.Ordinal);
                AssertSame([.. expected[o].Select(value => isPrice ? value * scale : value)], scaled[o]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void No_byte_is_allocated_per_bar(string name)
    {
        var bars = Build.Walk(2_000, seed: 1);
        var indicator = Create(name);
        Assert.Equal(0, Allocation.Least(Feed));

        void Feed()
        {
            foreach (ref readonly var bar in bars.AsSpan()) indicator.Update(in bar);
            indicator.Update(bars);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_period_or_factor_of_zero_or_less_is_refused(string name)
    {
        var constructor = Assert.Single(Create(name).GetType().GetConstructors());
        var parameters = constructor.GetParameters();
        for (var i = 0; i < parameters.Length; i++)
        {
            foreach (var wrong in parameters[i].ParameterType == typeof(int) ? new object[] { 0, -1 } : parameters[i].ParameterType == typeof(double) ? [0.0, -1.0] : [])
            {
                var arguments = parameters.Select((parameter, place) => parameter.HasDefaultValue ? parameter.DefaultValue : 5 * (place + 1)).ToArray();
                arguments[i] = wrong;
                Assert.IsType<ArgumentOutOfRangeException>(Assert.Throws<TargetInvocationException>(() => constructor.Invoke(arguments)).InnerException);
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_number_below_the_least_that_is_documented_is_refused_and_the_least_is_taken(string name)
    {
        var constructor = Assert.Single(Create(name).GetType().GetConstructors());
        var parameters = constructor.GetParameters();
        for (var i = 0; i < parameters.Length; i++)
        {
            if (Documented.LeastOf(constructor, parameters[i].Name!) is not { } least) continue;
            var arguments = parameters.Select((parameter, place) => parameter.HasDefaultValue ? parameter.DefaultValue : 5 * (place + 1)).ToArray();
            arguments[i] = least - 1;
            Assert.IsType<ArgumentOutOfRangeException>(Assert.Throws<TargetInvocationException>(() => constructor.Invoke(arguments)).InnerException);
            arguments[i] = least;
            AssertFinite((Indicator)constructor.Invoke(arguments), Build.Walk(Length, seed: 1));
        }
    }

    private static string NameOf(IndicatorEntry entry) => entry.Columns[0].Name;

    private static IndicatorEntry EntryOf(string name) => IndicatorCatalog.Entries.Single(entry => string.Equals(NameOf(entry), name, StringComparison.Ordinal));

    private static string ColumnOf(string name, Output output) => EntryOf(name).Columns.Single(column => string.Equals(column.Output, output.Name, StringComparison.Ordinal)).Name;

    private static Indicator Create(string name) => EntryOf(name).Create(ZeroRule.Exact);

    private static Candle Scaled(Candle bar, double scale) =>
        bar with { Open = bar.Open * scale, High = bar.High * scale, Low = bar.Low * scale, Close = bar.Close * scale };

    private static Candle[] WithUnsoundBars()
    {
        var bars = Build.Walk(Length, seed: 1);
        foreach (var i in (int[])[0, 3, 40, 41, 200]) bars[i] = bars[i] with { Close = double.NaN };
        return bars;
    }

    private static double[][] OneByOne(Indicator indicator, Candle[] bars)
    {
        var values = indicator.Outputs.Select(_ => new double[bars.Length]).ToArray();
        for (var i = 0; i < bars.Length; i++)
        {
            indicator.Update(in bars[i]);
            for (var o = 0; o < values.Length; o++) values[o][i] = indicator.Outputs[o].Value;
        }

        return values;
    }

    private static double[][] InOneBlock(Indicator indicator, Candle[] bars)
    {
        indicator.Update(bars);
        return [.. indicator.Outputs.Select(output => output.Values.ToArray())];
    }

    private static void AssertFinite(Indicator indicator, Candle[] bars)
    {
        var values = OneByOne(indicator, bars);
        for (var o = 0; o < values.Length; o++)
        {
            var output = indicator.Outputs[o];
            for (var i = 0; i < bars.Length; i++)
                Assert.True(i + 1 < output.WarmUp ? double.IsNaN(values[o][i]) : double.IsFinite(values[o][i]), $"{output.Name}, bar {i}: {values[o][i]}");
        }
    }

    private static void AssertSame(double[][] expected, double[][] actual)
    {
        for (var o = 0; o < expected.Length; o++) AssertSame(expected[o], actual[o]);
    }

    private static void AssertSame(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(BitConverter.DoubleToInt64Bits(expected[i]) == BitConverter.DoubleToInt64Bits(actual[i]), $"{i}: {actual[i]:R} instead of {expected[i]:R}");
    }
}
