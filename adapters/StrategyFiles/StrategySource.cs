using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace OrleansTrader.Adapters.StrategyFiles;

/// <summary>A file in which the owner has written a strategy.</summary>
/// <param name="Name">As the owner names it, with the folder.</param>
/// <param name="Path">Absolute.</param>
internal sealed record StrategySource(string Name, string Path, string Text)
{
    private const int VersionLength = 8;

    /// <summary>Tells one content from another: the first digits of its SHA-256.</summary>
    public string Version { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)))[..VersionLength];

    /// <summary>The file, and the line of it in which an error came up if that can be told.</summary>
    public string Where(Exception? error)
    {
        if (error is null) return Name;
        foreach (var frame in new StackTrace(error, fNeedFileInfo: true).GetFrames())
            if (string.Equals(frame.GetFileName(), Path, StringComparison.Ordinal) && frame.GetFileLineNumber() > 0)
                return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Name}, line {frame.GetFileLineNumber()}");
        return Name;
    }
}
