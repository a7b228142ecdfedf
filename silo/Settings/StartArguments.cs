namespace OrleansTrader.Silo.Settings;

/// <summary>The form of the command line: settings and nothing else.</summary>
public static class StartArguments
{
    private static readonly string[] HelpNames = ["--help", "-h", "-?", "/?"];

    public static bool AskForHelp(string[] args) => args.Any(argument => HelpNames.Contains(argument, StringComparer.Ordinal));

    public static void WriteHelp()
    {
        Console.WriteLine("OrleansTrader: the trading service with its API and dashboard, in one process. Ctrl+C stops it.");
        Console.WriteLine("Settings come from trader.json in the current folder, then the environment (Market__Speed=10), then these:");
        foreach (var line in SettingsHelp.Lines()) Console.WriteLine(line);
        Console.WriteLine("  --urls                     where page and API are; elsewhere than on this machine docs/security.md tells what is needed; default http://127.0.0.1:5080");
    }

    /// <exception cref="SettingsException">An argument is none that the configuration would take; it would leave it out without a word.</exception>
    public static void Check(string[] args)
    {
        for (var i = 0; i < args.Length; i++)
        {
            var isNamed = args[i].StartsWith("--", StringComparison.Ordinal);
            if (args[i].Contains('=', StringComparison.Ordinal) && (isNamed || !args[i].StartsWith('-'))) continue;
            if (!isNamed || i + 1 == args.Length)
                throw new SettingsException($"'{args[i]}' is no setting with a value; write --Name=value, such as --Market:Source=replay (README.md lists the settings).");
            i++;
        }
    }
}
