using OrleansTrader.Adapters.StrategyFiles;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Adapters.Tests.StrategyFiles;

/// <summary>What a strategy of the owner does wrong while it runs is told with its file and line.</summary>
public sealed class OwnStrategyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Wrong => new()
    {
        { "if (candle.Close > 105) throw new InvalidOperationException(\"Too dear.\"); return Signal.Hold;", "Strategy mine (mine.cs, line 15) failed in Evaluate: InvalidOperationException: Too dear." },
        { "return new Signal(Direction.Long, 1, double.NaN, double.NaN);", "it buys without a stop; give it a stop and a target, or say in entry and class that IsUnprotected is true." },
        { "return new Signal(Direction.Long, 1, 90, 0);", "its target is 0." },
        { "return new Signal(Direction.Add, 1, double.NegativeInfinity, 120);", "its stop is -Infinity." },
        { "return new Signal(Direction.Long, 1.5, 90, 120);", "its confidence is 1.5, which must be from 0 to 1." },
        { "return new Signal(Direction.Long, 1, 90, 120) { Trail = -1 };", "its trail is -1." },
        { "return new Signal(Direction.Long, 1, 90, 120) { WinProbability = 2 };", "its win probability is 2, which must be from 0 to 1." },
        { "return new Signal((Direction)9, 1, 90, 120);", "there is no direction 9." },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_failure_names_strategy_file_and_line(string evaluate, string expected)
    {
        var analyzer = Analyzer(Source.Of(evaluate: evaluate));
        var failed = Assert.Throws<OwnStrategyException>(() => Run(analyzer));
        Assert.EndsWith(expected, failed.Message.Replace(_folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains(_folder.File("mine.cs"), failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_saved_state_of_a_changed_file_or_of_other_parameters_is_refused()
    {
        var analyzer = Analyzer(Source.Of());
        var state = analyzer.Save();
        Analyzer(Source.Of()).Restore(state);
        Assert.Throws<ArgumentException>(() => Analyzer(Source.Of() + "// changed").Restore(state));
        Assert.Throws<ArgumentException>(() => Analyzer(Source.Of(), "30").Restore(state));
    }

    [Fact]
    public void A_file_that_has_moved_goes_on_from_its_state()
    {
        var state = Analyzer(Source.Of()).Save();
        using var elsewhere = new TemporaryFolder();
        elsewhere.Write("moved.cs", Source.Of());
        var entry = new StrategyFolder(elsewhere.Path, Interval.OneHour).Load().Find("mine")!;
        new SymbolAnalyzer(entry.Create(entry.Defaults), tellsRegime: false, Interval.OneHour).Restore(state);
    }

    [Fact]
    public void One_that_looks_at_its_position_is_told_of_with_its_line_when_that_fails()
    {
        var look = Looking("if (standing.IsHeld) throw new InvalidOperationException(\"Too long.\"); return signal;");
        Assert.Equal(Signal.Flat(1), look.Reconsider(Signal.Flat(1), default, votes: null));
        var failed = Assert.Throws<OwnStrategyException>(() => look.Reconsider(Signal.Hold, new Standing { Quantity = 1 }, votes: null));
        Assert.Equal($"Strategy mine ({_folder.File("mine.cs")}, line 17) failed in Reconsider: InvalidOperationException: Too long.", failed.Message);
    }

    [Fact]
    public void What_it_answers_must_make_sense_as_its_verdicts_must()
    {
        var look = Looking("return new Signal(Direction.Long, 1, double.NaN, double.NaN);");
        var failed = Assert.Throws<OwnStrategyException>(() => look.Reconsider(Signal.Hold, new Standing { Time = new DateTime(2024, 1, 2, 3, 0, 0, DateTimeKind.Utc) }, votes: null));
        Assert.StartsWith($"Strategy mine ({_folder.File("mine.cs")}) gave a signal that makes no sense when it looked at its position at 2024-01-02 03:00: it buys without a stop", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_does_not_look_is_not_asked()
    {
        _folder.Write("mine.cs", Source.Of());
        var entry = new StrategyFolder(_folder.Path, Interval.OneHour).Load().Find("mine")!;
        Assert.False(entry.Create(entry.Defaults) is IPositionStrategy);
    }

    public void Dispose() => _folder.Dispose();

    private IPositionStrategy Looking(string reconsider)
    {
        var text = Source.Of().Replace(": BarStrategy", ": BarStrategy, IPositionStrategy", StringComparison.Ordinal);
        var end = text.LastIndexOf('}');
        _folder.Write("mine.cs", $"{text[..end]}public Signal Reconsider(in Signal signal, in Standing standing, VoteSheet? votes) {{ {reconsider} }}\n}}");
        var library = new StrategyFolder(_folder.Path, Interval.OneHour).Load();
        Assert.Empty(library.Problems);
        var entry = library.Find("mine")!;
        return Assert.IsAssignableFrom<IPositionStrategy>(entry.Create(entry.Defaults));
    }

    private SymbolAnalyzer Analyzer(string text, string bars = "20")
    {
        _folder.Write("mine.cs", text);
        var library = new StrategyFolder(_folder.Path, Interval.OneHour).Load();
        Assert.Empty(library.Problems);
        var entry = library.Find("mine")!;
        return new SymbolAnalyzer(entry.Create(entry.Read([KeyValuePair.Create("Bars", bars)]).Values), tellsRegime: false, Interval.OneHour);
    }

    private static void Run(SymbolAnalyzer analyzer)
    {
        var start = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        for (var i = 0; i < 10; i++) analyzer.OnCandle(new Candle(start.AddHours(i), 100 + i, 101 + i, 99 + i, 100 + i, 10));
    }
}
