using System.Collections.Frozen;
using System.Text;

namespace OrleansTrader.Adapters.Binance.Calls.Json;

/// <summary>Members of an enum as the exchange writes them: <c>LimitMaker</c> is <c>LIMIT_MAKER</c>.</summary>
internal static class EnumText<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> Texts = Enum.GetValues<T>().ToFrozenDictionary(value => value, value => Written(value.ToString()));
    private static readonly FrozenDictionary<string, T> Values = Texts.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    public static string Of(T value) => Texts[value];

    /// <summary>The zero value for a text that is not known; the exchange adds new ones.</summary>
    public static T Parse(string? text) => text is not null && Values.TryGetValue(text, out var value) ? value : default;

    private static string Written(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && text.Length > 0) text.Append('_');
            text.Append(char.ToUpperInvariant(letter));
        }

        return text.ToString();
    }
}
