using OrleansTrader.Core.Strategies;
using Xunit;

namespace OrleansTrader.Core.Tests.Strategies;

public class StrategyLibraryTests
{
    [Fact]
    public void The_owners_strategies_stand_beside_those_that_come_with_the_service()
    {
        var library = new StrategyLibrary([Own("mine", "a.cs")], []);
        Assert.Equal([.. StrategyCatalog.Names, "mine"], library.Names, StringComparer.Ordinal);
        Assert.Equal("a.cs", library.Find("MINE")!.File);
        Assert.Empty(library.Problems);
        Assert.Null(StrategyLibrary.BuiltIn.Find("mine"));
    }

    [Fact]
    public void A_name_that_is_taken_is_refused()
    {
        var library = new StrategyLibrary([Own("Trend", "a.cs")], []);
        Assert.Same(TrendStrategy.Entry, library.Find("trend"));
        Assert.Equal(new StrategyProblem("a.cs", "a.cs: Trend is the name of a strategy that comes with the service; give yours another."), Assert.Single(library.Problems));
    }

    [Fact]
    public void Of_two_with_one_name_neither_is_used()
    {
        var library = new StrategyLibrary([Own("mine", "a.cs"), Own("other", "c.cs"), Own("mine", "b.cs")], []);
        Assert.Null(library.Find("mine"));
        Assert.NotNull(library.Find("other"));
        Assert.Equal(
            ["a.cs: mine is also the name of the strategy in b.cs; give one of them another, until then none is used.", "b.cs: mine is also the name of the strategy in a.cs; give one of them another, until then none is used."],
            library.Problems.Select(problem => problem.Text), StringComparer.Ordinal);
    }

    [Fact]
    public void A_version_is_part_of_what_a_choice_is_called()
    {
        var entry = Own("mine", "a.cs");
        var choice = new StrategyChoice(entry, entry.Defaults);
        Assert.Equal("mine@" + entry.Version, choice.Key);
        Assert.Equal("mine", choice.Create(choice.Key).Name);
        Assert.Throws<ArgumentException>(() => choice.Create("mine@another"));
        Assert.Equal("trend", new StrategyChoice(TrendStrategy.Entry, TrendStrategy.Entry.Defaults).Key);
    }

    [Fact]
    public void Whoever_chooses_an_unprotected_one_is_told() =>
        Assert.All(StrategyCatalog.Entries, entry => Assert.Equal(entry.IsUnprotected, entry.Description.Contains("Unprotected by design", StringComparison.Ordinal)));

    private static StrategyEntry Own(string name, string file) => new(name, "Does something.", [], _ => new Named(name)) { File = file, Version = "12345678" };

    private sealed class Named(string name) : BarStrategy
    {
        public override string Name => name;

        protected override void Prepare(Core.Indicators.IndicatorSet indicators)
        {
        }

        protected override Signal Evaluate(in Core.Market.Candle candle, VoteSheet? votes) => Signal.Hold;
    }
}
