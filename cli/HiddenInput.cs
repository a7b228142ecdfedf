using System.Text;
using OrleansTrader.Adapters.Secrets;

namespace OrleansTrader.Cli;

/// <summary>Asks for what must not be seen: nothing that is typed shows on the terminal.</summary>
internal static class HiddenInput
{
    public static bool IsPossible => !Console.IsInputRedirected;

    public static string Ask(string prompt)
    {
        Console.Error.Write($"{prompt}: ");
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace) typed.Length = Math.Max(0, typed.Length - 1);
            else if (!char.IsControl(key.KeyChar)) typed.Append(key.KeyChar);
        }

        Console.Error.WriteLine();
        return typed.ToString();
    }

    /// <summary>What is typed twice at a terminal, or what comes instead, of one line; empty where nothing comes.</summary>
    /// <exception cref="SecretException">The second time something else was typed, or there is another line.</exception>
    public static async Task<string> LineAsync(string prompt, CancellationToken cancellation)
    {
        var text = await TextAsync(prompt, cancellation);
        return text.AsSpan().IndexOfAny('\r', '\n') < 0 ? text : throw new SecretException("There is more than one line of input; give one line and nothing else.");
    }

    /// <summary>What is typed twice at a terminal, or all that comes instead but the line break at its end; empty where nothing comes.</summary>
    /// <exception cref="SecretException">The second time something else was typed.</exception>
    public static async Task<string> TextAsync(string prompt, CancellationToken cancellation)
    {
        if (IsPossible) return AskTwice(prompt);
        var text = await Console.In.ReadToEndAsync(cancellation);
        return text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
    }

    /// <exception cref="SecretException">The second time something else was typed.</exception>
    public static string AskTwice(string prompt)
    {
        var first = Ask(prompt);
        return string.Equals(first, Ask($"{prompt}, once more"), StringComparison.Ordinal) ? first : throw new SecretException("The two are not the same; nothing was changed.");
    }
}
