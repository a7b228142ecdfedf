using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace OrleansTrader.Cli;

/// <summary>An option that takes a number within bounds, and says so when it gets something else.</summary>
internal static class NumberOption
{
    /// <returns>An option whose value is null where it was not given.</returns>
    public static Option<T?> Create<T>(string name, string description, T least, T most)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most) return value;
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} is '{text}'; it must be a {(least is int or long ? "whole number" : "number")} from {least} to {most}."));
                return null;
            },
        };
}
