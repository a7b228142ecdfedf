using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Api;

/// <summary>The form of the command line: settings and nothing else.</summary>
internal static class StartArguments
{
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
