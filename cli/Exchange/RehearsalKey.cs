using System.Security.Cryptography;
using OrleansTrader.ExchangeSimulator;

namespace OrleansTrader.Cli.Exchange;

/// <summary>A key of the exchange to rehearse at; it is worth nothing anywhere else.</summary>
/// <param name="File">Where it is kept; null for a key of one run.</param>
internal sealed record RehearsalKey(string ApiKey, string Secret, string? File)
{
    // As many letters as keys of Binance have.
    private const int Length = 64;

    /// <summary>The key of a file, which is made where there is none, or one for this run.</summary>
    /// <exception cref="SimulatorException">The file cannot be read or written, or holds no key.</exception>
    public static RehearsalKey Take(string? file)
    {
        if (file is null) return Make(file);
        try
        {
            if (!System.IO.File.Exists(file))
            {
                var made = Make(file);
                using var writer = new StreamWriter(new FileStream(file, Protected));
                writer.Write($"{made.ApiKey}\n{made.Secret}\n");
                return made;
            }

            string[] lines = [.. System.IO.File.ReadLines(file).Take(3).Select(line => line.Trim()).Where(line => line.Length > 0)];
            return lines is [var apiKey, var secret] && IsWord(apiKey) && IsWord(secret)
                ? new RehearsalKey(apiKey, secret, file)
                : throw new SimulatorException($"{file} holds no key; it must have the API key in its first line and the secret in its second, of letters and digits.");
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new SimulatorException($"The key file {file} cannot be used: {failed.Message.TrimEnd('.')}.", failed);
        }
    }

    private static FileStreamOptions Protected
    {
        get
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            return options;
        }
    }

    private static bool IsWord(string text) => text.Length >= 8 && text.All(char.IsAsciiLetterOrDigit);

    private static RehearsalKey Make(string? file)
    {
        const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        return new RehearsalKey(RandomNumberGenerator.GetString(Letters, Length), RandomNumberGenerator.GetString(Letters, Length), file);
    }
}
