using System.CommandLine;
using OrleansTrader.Adapters.Secrets;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Cli;

/// <summary>Where a key comes from: the file that an option names, an environment variable, or the terminal; never the command line itself.</summary>
internal sealed class KeyOption(string option, string variable, string prompt)
{
    private readonly Option<string?> _file = new(option) { Description = $"File with the {prompt}: 32 bytes in base64, or a passphrase; otherwise {variable} in the environment, or you are asked" };

    public void AddTo(Command command) => command.Add(_file);

    /// <param name="isNew">Asked for twice on the terminal, since a slip could not be mended.</param>
    /// <exception cref="OperatorException">There is none, or it is none.</exception>
    public KeyMaterial Read(ParseResult parsed, bool isNew)
    {
        if (parsed.GetValue(_file) is { } path) return KeyMaterial.Read(ReadFile(path), path);
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text) return KeyMaterial.Parse(text, variable);
        if (!HiddenInput.IsPossible) throw new SecretException($"There is no terminal to ask for the {prompt}; give a file with {_file.Name}, or set {variable}.");
        return KeyMaterial.Parse(isNew ? HiddenInput.AskTwice(Capital(prompt)) : HiddenInput.Ask(Capital(prompt)), "the terminal");
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static byte[] ReadFile(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new SecretException($"The key file {path} cannot be read: {failed.Message.TrimEnd('.')}.", failed);
        }
    }
}
