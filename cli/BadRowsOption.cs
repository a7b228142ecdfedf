using System.CommandLine;
using System.CommandLine.Parsing;
using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Cli;

/// <summary>The option that says what a row of a candle file that makes no sense does.</summary>
internal static class BadRowsOption
{
    public static Option<BadRows> Create() => new("--bad-rows")
    {
        Description = "What a row that makes no sense does: skip leaves it out, stop refuses its file",
        CustomParser = Parse,
    };

    private static BadRows Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        foreach (var rule in Enum.GetValues<BadRows>())
            if (string.Equals(rule.ToString(), text, StringComparison.OrdinalIgnoreCase))
                return rule;
        result.AddError($"--bad-rows is '{text}'; it must be one of skip, stop.");
        return default;
    }
}
