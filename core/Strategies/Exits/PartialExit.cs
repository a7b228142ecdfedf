using System.Collections.Immutable;
using System.Globalization;

namespace OrleansTrader.Core.Strategies.Exits;

/// <summary>A part of a position that is sold once the price has gained enough.</summary>
/// <param name="Risks">The gain, in ways from entry to first stop.</param>
/// <param name="Share">The part of what was bought, above 0 and below 1.</param>
public readonly record struct PartialExit(decimal Risks, decimal Share)
{
    /// <summary>The form of a list of them as a setting.</summary>
    public const string Pattern = @"\s*((\d{1,3}(\.\d{1,4})?):(0?\.\d{1,4})(\s*,\s*(\d{1,3}(\.\d{1,4})?):(0?\.\d{1,4})){0,5})?\s*";

    /// <summary>Reads pairs as they are written, such as <c>1:0.5,2:0.25</c>.</summary>
    /// <exception cref="FormatException">It is no such list.</exception>
    public static ImmutableArray<PartialExit> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = ImmutableArray.CreateBuilder<PartialExit>();
        foreach (var pair in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var numbers = pair.Split(':');
            if (numbers.Length != 2) throw new FormatException($"'{pair}' is no pair of risks and share, such as 1:0.5.");
            parts.Add(new PartialExit(Number(numbers[0]), Number(numbers[1])));
        }

        return parts.ToImmutable();
    }

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
