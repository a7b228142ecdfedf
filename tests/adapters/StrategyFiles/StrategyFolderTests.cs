using OrleansTrader.Adapters.StrategyFiles;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Adapters.Tests.StrategyFiles;

/// <summary>What an owner can get wrong in a file is told with file and line, and takes no other file down.</summary>
public sealed class StrategyFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> WrongFiles => new()
    {
        { Source.Of(evaluate: "return Signal.Hold"), ", line 15, column 27: ; expected (CS1002)." },
        { Source.Of(evaluate: "return Signal.Wait;"), ", line 15, column 23: 'Signal' does not contain a definition for 'Wait' (CS0117)." },
        { "// Nothing yet.", " has no strategy; it must have a class that derives from BarStrategy or implements IStrategy." },
        { Source.Of() + Source.Of("other").Replace("Mine", "Other", StringComparison.Ordinal), " has Mine and Other; a file has one strategy." },
        { Source.Of().Replace("StrategyEntry Entry", "StrategyEntry Card", StringComparison.Ordinal), ": Mine does not say what it is; it must have public static StrategyEntry Entry { get; } = new(name, summary, parameters, values => new Mine(values));" },
        { Source.Of("My Strategy"), ": its name is 'My Strategy'; it must be lower-case letters, digits and dashes, the first a letter." },
        { Source.Of().Replace("Name => \"mine\"", "Name => \"yours\"", StringComparison.Ordinal), ": the strategy is called yours, but its entry says mine; write Name => Entry.Name." },
        { Source.Of(more: " { IsUnprotected = true }"), ": mine says that IsUnprotected is false, but its entry says true; both must say the same." },
        { Source.Of(parameters: ", new(\"Wide\", 5, 7, 9, 1, \"x\")"), ": Wide is 5 by default; it takes a whole number from 7 to 9." },
        { Source.Of(parameters: ", new(\"Wide\", 5, 9, 7, 1, \"x\")"), ": Wide goes from 9 to 7 in steps of 1, which is no range." },
        { Source.Of(parameters: ", StrategyParameter.Bars(\"bars\", 5, 2, 9, \"x\")"), ": two parameters are called Bars." },
        { Source.Of(parameters: ", Later").Replace("public override string Name", "private static readonly StrategyParameter Later = StrategyParameter.Bars(\"Later\", 5, 2, 9, \"x\"); public override string Name", StringComparison.Ordinal), ": a parameter of its entry is nothing yet; Entry must stand below the parameters in the class, since C# makes them in this order." },
        { Source.Of(parameters: ", new(\"Wide\", int.Parse(\"x\"), 7, 9, 1, \"x\")"), ", line 6: the strategy cannot be looked at: FormatException: The input string 'x' was not in a correct format." },
        { Source.Of(prepare: "throw new InvalidOperationException(\"Not today.\");"), ", line 11) failed in Prepare: InvalidOperationException: Not today." },
        { Source.Of(prepare: "indicators.Longer(Interval.Parse(\"90m\"), $\"EMA_20\", () => new Ema(20));"), "failed in Prepare: ArgumentException: Bars of 90m do not consist of whole bars of 1h. (Parameter 'longer')." },
    };

    [Fact]
    public void Errors_are_told_as_they_stand_in_the_file()
    {
        _folder.Write("mine.cs", Source.Of(evaluate: "return Signal.Wait;", prepare: "nothing();").Replace("=> \"mine\"", "=> 5", StringComparison.Ordinal));
        int[] lines = [.. new StrategyFolder(_folder.Path, Interval.OneHour).Load().Problems.Select(problem => int.Parse(problem.Text.Split("line ")[1].Split(',')[0], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal([7, 11, 15], lines);
    }

    [Theory]
    [MemberData(nameof(WrongFiles))]
    public void A_file_that_cannot_be_used_is_told_with_its_name_and_line(string text, string expected)
    {
        _folder.Write("good.cs", Source.Of("good"));
        var file = _folder.Write("mine.cs", text);
        var library = new StrategyFolder(_folder.Path, Interval.OneHour).Load();
        var problem = Assert.Single(library.Problems);
        Assert.True(problem.Text.EndsWith(expected, StringComparison.Ordinal), problem.Text);
        Assert.Contains(file, problem.Text, StringComparison.Ordinal);
        Assert.Equal(file, problem.File);
        Assert.NotNull(library.Find("good"));
        Assert.Null(library.Find("mine"));
    }

    [Fact]
    public void Of_many_errors_the_first_ones_are_told()
    {
        _folder.Write("mine.cs", Source.Of(evaluate: string.Concat(Enumerable.Repeat("Wrong();\n", 20)) + "return Signal.Hold;"));
        var problems = new StrategyFolder(_folder.Path, Interval.OneHour).Load().Problems;
        Assert.Equal(6, problems.Length);
        Assert.EndsWith("mine.cs has 15 more errors, which may go with the first.", problems[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_files_with_one_name_are_both_refused_and_the_name_of_a_known_strategy_is_too()
    {
        foreach (var (file, name) in new[] { ("a.cs", "mine"), ("b.cs", "mine"), ("c.cs", "trend") }) _folder.Write(file, Source.Of(name));
        var library = new StrategyFolder(_folder.Path, Interval.OneHour).Load();
        Assert.Equal(StrategyCatalog.Names, library.Names, StringComparer.Ordinal);
        Assert.Equal([_folder.File("a.cs"), _folder.File("b.cs"), _folder.File("c.cs")], library.Problems.Select(problem => problem.File), StringComparer.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_not_there_has_none()
    {
        var library = new StrategyFolder(_folder.File("nowhere"), Interval.OneHour).Load();
        Assert.Equal(StrategyCatalog.Names, library.Names, StringComparer.Ordinal);
        Assert.Empty(library.Problems);
    }

    [Fact]
    public void Parameters_are_read_by_their_ranges()
    {
        _folder.Write("mine.cs", Source.Of());
        var entry = new StrategyFolder(_folder.Path, Interval.OneHour).Load().Find("mine")!;
        Assert.Equal("Bars is '1'; mine takes a whole number from 2 to 100.", Assert.Single(entry.Read([KeyValuePair.Create("Bars", "1")]).Problems));
        Assert.Equal("Bars=40", entry.Read([KeyValuePair.Create("bars", "40")]).Values.ToString());
    }

    [Fact]
    public void A_change_is_taken_once_the_file_rests()
    {
        _folder.Write("mine.cs", Source.Of());
        var folder = new StrategyFolder(_folder.Path, Interval.OneHour);
        var before = folder.Load().Find("mine")!.Version;
        Assert.Null(folder.LoadIfChanged());

        _folder.Write("mine.cs", Source.Of() + "// half");
        Assert.Null(folder.LoadIfChanged());
        _folder.Write("mine.cs", Source.Of() + "// half written");
        Assert.Null(folder.LoadIfChanged());
        Assert.NotEqual(before, folder.LoadIfChanged()!.Find("mine")!.Version, StringComparer.Ordinal);
        Assert.Null(folder.LoadIfChanged());
    }

    [Fact]
    public void A_file_that_has_not_changed_stays_the_strategy_that_it_was()
    {
        _folder.Write("mine.cs", Source.Of());
        var folder = new StrategyFolder(_folder.Path, Interval.OneHour);
        var before = folder.Load().Find("mine");
        _folder.Write("other.cs", Source.Of("other"));
        var library = folder.Load();
        Assert.Same(before, library.Find("mine"));
        Assert.NotNull(library.Find("other"));
        File.Delete(_folder.File("mine.cs"));
        Assert.Null(folder.Load().Find("mine"));
    }

    public void Dispose() => _folder.Dispose();
}
