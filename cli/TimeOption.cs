using System.CommandLine;
using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Cli;

/// <summary>An option that takes a moment, UTC.</summary>
internal static class TimeOption
{
    /// <returns>An option whose value is null where it was not given.</returns>
    public static Option<DateTime?> Create(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (SettingForms.TryTime(text, out var time)) return time;
            result.AddError($"{name} is '{text}'; it must be {SettingForms.Time}.");
            return null;
        },
    };
}
