using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using Xunit;

namespace OrleansTrader.Core.Tests.Accounts;

/// <summary>What moves together counts as one position. The account has 1,000; a fifth of it may be in one cluster.</summary>
public class ClusterTests
{
    private const int Bars = 40;

    /// <summary>Four symbols: each of the first three moves with the next but little with the one after it, the fourth goes its own way.</summary>
    private static readonly string[] Symbols = ["AAAUSDT", "BBBUSDT", "CCCUSDT", "DDDUSDT"];

    private static readonly RiskLimits Limits = RiskLimits.None with { MaxPositionShare = 0.08m, MaxClusterExposure = 0.2m, CorrelationBars = Bars, ClusterCorrelation = 0.6m };

    private readonly Account _account = new(new AccountState { Name = "test" }, explains: true);

    public ClusterTests()
    {
        _account.Open(1_000, "a test", Interval.OneHour, Build.Start);
        foreach (var symbol in Symbols) _account.List(Build.Btc with { Symbol = symbol }, Build.Start);
        _account.Closes = Table();
        for (var slot = 0; slot < Symbols.Length; slot++) _account.Mark(slot, 100);
    }

    [Fact]
    public void The_chain_is_as_the_test_needs_it()
    {
        Assert.True(Correlation(0, 1) > 0.6 && Correlation(1, 2) > 0.6, $"{Correlation(0, 1)} {Correlation(1, 2)}");
        Assert.True(Correlation(0, 2) < 0.6 && Correlation(0, 3) < 0.6 && Correlation(1, 3) < 0.6 && Correlation(2, 3) < 0.6);
    }

    [Fact]
    public void A_symbol_counts_with_those_that_move_with_what_moves_with_it()
    {
        Hold(1, 80);
        Hold(2, 80);
        // AAA does not move with CCC, but with BBB that does: 160 of 200 are taken, so that 40 are left.
        Assert.Equal((160m, 200m, true), CheckOf(Buy(0)));
        Assert.Equal(40m, Buy(0).Amount);
        // DDD stands for itself.
        Assert.Equal((0m, 200m, true), CheckOf(Buy(3)));
    }

    [Fact]
    public void Without_the_link_it_does_not()
    {
        Hold(2, 80);
        Assert.Equal((0m, 200m, true), CheckOf(Buy(0)));
        Assert.Equal((80m, 200m, true), CheckOf(Buy(1)));
    }

    [Theory]
    [InlineData(199.99, RefusalCode.BelowMinNotional)]
    [InlineData(200, RefusalCode.Correlation)]
    [InlineData(200.01, RefusalCode.Correlation)]
    public void A_full_cluster_takes_no_further_position(double held, RefusalCode expected)
    {
        Hold(1, (decimal)held);
        Assert.Equal(expected, Buy(0).Refusal);
        Assert.Equal(FactKind.OrderCreated, Buy(3).Kind);
    }

    [Fact]
    public void What_an_entry_holds_back_counts_as_well()
    {
        _account.BeginTurn();
        Decide(1);
        Assert.Equal(80m, _account.State.Reserved);
        Assert.Equal((80m, 200m, true), CheckOf(Buy(0)));
    }

    [Fact]
    public void Without_closes_nobody_knows_what_moves_together_and_that_passes()
    {
        _account.Closes = null;
        Assert.Equal((0m, 200m, true), CheckOf(Buy(0)));
        Hold(1, 200);
        Assert.Equal((RiskCheck.Unknown, 200m, true), CheckOf(Buy(0)));
    }

    [Fact]
    public void A_symbol_that_is_new_moves_with_nothing_as_far_as_anybody_knows()
    {
        _account.Closes = Table(slot => slot == 2);
        Hold(1, 80);
        Hold(2, 80);
        Assert.Equal((80m, 200m, true), CheckOf(Buy(0)));
        // Of CCC itself nothing is known.
        _account.State.Positions[2].Quantity = 0;
        Assert.Equal(RiskCheck.Unknown, CheckOf(Buy(2)).Value);
    }

    private double Correlation(int slot, int other) => _account.Closes!.Correlation(slot, other, Build.Close(Bars), Bars);

    /// <summary>What the account makes of a wish to buy, which is not kept.</summary>
    private Fact Buy(int slot)
    {
        var state = _account.State.Copy();
        var account = new Account(state, explains: true) { Closes = _account.Closes };
        account.BeginTurn();
        Decide(account, slot);
        return Assert.Single(account.Facts.ToArray(), fact => fact.Kind is FactKind.OrderCreated or FactKind.EntryRefused);
    }

    private void Decide(int slot) => Decide(_account, slot);

    private static void Decide(Account account, int slot)
    {
        var signal = new Signal(Direction.Long, 1, double.NaN, double.NaN);
        account.Decide(slot, Build.Close(Bars), in signal, default, Limits);
    }

    private static (decimal Value, decimal Limit, bool Passed) CheckOf(Fact fact)
    {
        var check = fact.Decision!.Checks.Single(check => check.Code == RefusalCode.Correlation);
        return (check.Value, check.Limit, check.Passed);
    }

    /// <summary>Owns so much of the symbol at 100, as it cost.</summary>
    private void Hold(int slot, decimal value)
    {
        var position = _account.State.Positions[slot];
        (position.Quantity, position.Cost) = (value / 100, value);
        _account.State.Cash -= value;
    }

    private static CloseTable Table(Func<int, bool>? lacks = null)
    {
        var random = new Random(3);
        var table = new CloseTable(Bars + 1, Interval.OneHour);
        double[] prices = [100, 100, 100, 100];
        for (var bar = 0; bar <= Bars; bar++)
        {
            var (first, second, third) = (Draw(random), Draw(random), Draw(random));
            double[] moves = [first, first + second, second, third];
            for (var slot = 0; slot < prices.Length; slot++)
            {
                prices[slot] *= Math.Exp(moves[slot]);
                if (lacks?.Invoke(slot) is not true) table.Put(slot, Build.Start.AddHours(bar), prices[slot]);
            }
        }

        return table;
    }

    private static double Draw(Random random) => 0.02 * (random.NextDouble() - 0.5);
}
