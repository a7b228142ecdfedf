using System.CommandLine;
using System.Globalization;
using OrleansTrader.Adapters.StrategyFiles;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Cli;

/// <summary><c>trader strategies</c>: the strategies that can be chosen, and what is wrong with those that cannot.</summary>
internal static class StrategiesCommand
{
    private const int CannotBeUsed = 2;

    public static Command Create()
    {
        var folder = StrategiesOption.Create();
        var command = new Command("strategies", "Lists the strategies with their parameters, your own included, and says what is wrong with a file of yours") { folder };
        command.Runs(async (parsed, _) =>
        {
            var library = new StrategyFolder(parsed.GetValue(folder)!, Interval.OneHour).Load();
            foreach (var line in library.Entries.SelectMany(LinesOf)) await Console.Out.WriteLineAsync(line);
            foreach (var problem in library.Problems) await Console.Error.WriteLineAsync($"error: {problem.Text}");
            return library.Problems.IsEmpty ? 0 : CannotBeUsed;
        });
        return command;
    }

    private static IEnumerable<string> LinesOf(StrategyEntry entry) =>
    [
        $"{entry.Name}: {entry.Description}{(entry.File.Length > 0 ? $" [{entry.File}, version {entry.Version}]" : "")}",
        .. entry.Parameters.Select(parameter => string.Create(CultureInfo.InvariantCulture, $"  {parameter.Name,-16} {parameter.Default,-6} {parameter.Summary}: {parameter.Allowed}")),
    ];
}
