using System.CommandLine;
using OrleansTrader.Core.Market;
using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Cli;

/// <summary>The option that says how long a bar is.</summary>
internal static class IntervalOption
{
    public static Option<Interval> Create(Interval standard) => new("--interval")
    {
        Description = "Length of a bar, such as 1m or 1h",
        DefaultValueFactory = _ => standard,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (SettingForms.TryInterval(text, out var interval)) return interval;
            result.AddError($"--interval is '{text}'; it must be {SettingForms.Interval}.");
            return default;
        },
    };
}
