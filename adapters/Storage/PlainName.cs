namespace OrleansTrader.Adapters.Storage;

/// <summary>The name that its owner gives to something kept: lower-case letters, digits, '-' and '.', the first a letter.</summary>
public static class PlainName
{
    /// <summary>In characters.</summary>
    public const int Longest = 64;

    /// <summary>What is allowed, for a message.</summary>
    public static string Rule => $"use 1 to {Longest} lower-case letters, digits, '-' and '.', the first a letter";

    public static bool Is(string name) =>
        name is { Length: >= 1 and <= Longest }
        && char.IsAsciiLetterLower(name[0])
        && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '.');
}
