using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Service;

/// <summary>The programs know the strategies in the owner's folder by name, and tell what is wrong with a file.</summary>
public sealed class StrategyFileTests : IDisposable
{
    private const string Good = """
        public sealed class Mine(StrategyValues values) : BarStrategy
        {
            private static readonly StrategyParameter Bars = StrategyParameter.Bars("Bars", 20, 2, 100, "bars of the average");
            private Ema _average = null!;
            public static StrategyEntry Entry { get; } = new("mine", "Does what a test asks.", [Bars], values => new Mine(values));
            public override string Name => "mine";
            protected override void Prepare(IndicatorSet indicators) => _average = indicators.Ema(values.Whole(Bars));
            protected override Signal Evaluate(in Candle candle, VoteSheet? votes) => Signal.Hold;
        }
        """;

    private static readonly string Broken = Good.Replace("Signal.Hold;", "Signal.Hold", StringComparison.Ordinal);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trader-");

    [Theory]
    [InlineData("backtest")]
    [InlineData("replay")]
    public async Task A_run_takes_a_strategy_by_name_and_its_parameters_by_their_ranges(string command)
    {
        WriteCandles();
        Write("mine.cs", Good);
        Write("other.cs", Broken);
        var (exitCode, output, errors) = await ProgramRun.ToEndAsync(ProgramRun.Cli, _folder.FullName, command, "--data", ".", "--json", "--strategy", "mine", "--set", "Bars=5");
        Assert.StartsWith("warning: strategies/other.cs, line 8, column 90: ; expected", errors[0], StringComparison.Ordinal);
        Assert.Matches("^mine is version [0-9a-f]{8} of strategies/mine.cs.$", errors[1]);
        Assert.NotEmpty(output);
        Assert.Equal(0, exitCode);

        (exitCode, _, errors) = await ProgramRun.ToEndAsync(ProgramRun.Cli, _folder.FullName, command, "--data", ".", "--strategy", "mine", "--set", "Bars=1");
        Assert.Equal("error: Account:Parameters:Bars is '1'; mine takes a whole number from 2 to 100.", Assert.Single(errors));
        Assert.Equal(2, exitCode);
    }

    [Theory]
    [InlineData("backtest")]
    [InlineData("replay")]
    public async Task A_strategy_that_fails_ends_the_run_in_one_sentence(string command)
    {
        WriteCandles();
        Write("mine.cs", Good.Replace("=> Signal.Hold;", "=> throw new InvalidOperationException(\"Not today.\");", StringComparison.Ordinal));
        var (exitCode, output, errors) = await ProgramRun.ToEndAsync(ProgramRun.Cli, _folder.FullName, command, "--data", ".", "--strategy", "mine");
        Assert.Equal("error: Strategy mine (strategies/mine.cs, line 8) failed in Evaluate: InvalidOperationException: Not today.", errors[^1]);
        Assert.Empty(output);
        Assert.Equal(2, exitCode);
    }

    [Fact]
    public async Task The_list_has_the_owners_with_their_files_and_what_is_wrong_with_others()
    {
        Write("mine.cs", Good);
        Write("other.cs", Broken);
        var (exitCode, output, errors) = await ProgramRun.ToEndAsync(ProgramRun.Cli, _folder.FullName, "strategies");
        Assert.Contains(output, line => line.StartsWith("mine: Does what a test asks. [strategies/mine.cs, version ", StringComparison.Ordinal));
        Assert.Contains(output, line => line.StartsWith("dca: ", StringComparison.Ordinal) && line.EndsWith("Unprotected by design: its positions have no stop and no target.", StringComparison.Ordinal));
        Assert.StartsWith("error: strategies/other.cs, line 8, column 90:", Assert.Single(errors), StringComparison.Ordinal);
        Assert.Equal(2, exitCode);
    }

    [Fact]
    public async Task A_broken_file_stops_the_start_when_it_may_be_the_one_that_is_chosen()
    {
        Write("mine.cs", Broken);
        var (exitCode, lines) = await ServiceProcess.RefuseAsync(_folder.FullName, "--Account:Strategy=mine");
        Assert.Equal(2, lines.Count);
        Assert.Equal("error: Account:Strategy is 'mine'; it must be one of hybrid, trend, mean-reversion, breakout, dca, sma-cross.", lines[0]);
        Assert.StartsWith("error: strategies/mine.cs, line 8, column 90: ; expected", lines[1], StringComparison.Ordinal);
        Assert.Equal(2, exitCode);
    }

    [Fact]
    public async Task A_folder_that_was_named_and_is_not_there_is_refused()
    {
        var (exitCode, lines) = await ServiceProcess.RefuseAsync(_folder.FullName, "--Account:StrategyFolder=nowhere");
        Assert.Equal("error: Account:StrategyFolder is 'nowhere', but there is no such folder.", Assert.Single(lines));
        Assert.Equal(2, exitCode);
    }

    [Fact]
    public async Task The_service_trades_it_beside_a_broken_file_and_takes_a_change_without_a_restart()
    {
        Write("mine.cs", Good);
        Write("other.cs", Broken);
        await using var service = await ServiceProcess.StartAsync(_folder.FullName, "--Market:Source=synthetic", "--Account:Strategy=mine");
        Assert.Contains(service.Said, line => line.Contains("warning: StrategyWatch: strategies/other.cs, line 8", StringComparison.Ordinal));
        using var client = new HttpClient { BaseAddress = new Uri(service.Url) };
        var before = (string)(await StrategyAsync(client))["version"]!;

        Write("mine.cs", Good + "// changed");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (string.Equals(before, (string)(await StrategyAsync(client))["version"]!, StringComparison.Ordinal)) patience.Token.ThrowIfCancellationRequested();

        var strategy = await StrategyAsync(client);
        Assert.Equal(("mine", "strategies/mine.cs", null), ((string)strategy["name"]!, (string)strategy["file"]!, (string?)strategy["problem"]));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<JsonNode> StrategyAsync(HttpClient client) =>
        (await client.GetFromJsonAsync<JsonNode>("/api/v1/status", TestContext.Current.CancellationToken))!["strategy"]!;

    private void Write(string file, string text)
    {
        var folder = _folder.CreateSubdirectory("strategies");
        File.WriteAllText(Path.Combine(folder.FullName, file), text);
    }

    private void WriteCandles() => File.WriteAllLines(
        Path.Combine(_folder.FullName, "BTCUSDT-1h.csv"),
        ["open_time,open,high,low,close,volume", "1672531200000,100,101,99,100,5", "1672534800000,100,101,99,100,5"]);
}
