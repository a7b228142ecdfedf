using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Cli;

/// <summary>What whoever starts a run must know of its strategy, on stderr.</summary>
internal static class StrategyNotes
{
    public static async Task WriteAsync(TraderSettings settings)
    {
        foreach (var problem in settings.Strategies.Problems) await Console.Error.WriteLineAsync($"warning: {problem.Text}");
        var entry = settings.Strategy.Entry;
        if (entry.File.Length > 0) await Console.Error.WriteLineAsync($"{entry.Name} is version {entry.Version} of {entry.File}.");
        if (entry.IsUnprotected) await Console.Error.WriteLineAsync($"warning: {entry.Name} is unprotected by design: its positions have no stop and no target.");
    }
}
