using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using OrleansTrader.Adapters.Secrets;

namespace OrleansTrader.Silo.Hosting;

/// <summary>Keeps secrets out of every text that leaves the process: those that it knows, and what looks like one.</summary>
public static partial class Redaction
{
    private const int MatchMilliseconds = 10_000;

    /// <summary>How settings end that are called like secrets and are places or names.</summary>
    private static readonly string[] Places = ["CertificateKey", "File", "Folder", "Path", "Binance:Key", "Binance:Secret"];

    /// <summary>Where a shell says that it stands and stood, which its abbreviation makes look like a password.</summary>
    private static readonly string[] ShellNames = ["PWD", "OLDPWD"];

    /// <summary>Takes note of a secret.</summary>
    public static void Know(string? secret) => KnownSecrets.OfProcess.Add(secret);

    /// <summary>Takes note of the secrets among the settings, those of the environment included: by their names, and the passwords in connection strings.</summary>
    public static void Know(IConfiguration settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        foreach (var (name, value) in settings.AsEnumerable())
        {
            if (value is null) continue;
            foreach (Match password in Password().Matches(value)) Know(password.Groups["value"].Value.Trim('"', '\''));
            if (SecretName().IsMatch(name) && !IsPlace(name)) Know(value);
        }
    }

    private static bool IsPlace(string name) =>
        ShellNames.Contains(name, StringComparer.Ordinal) || Array.Exists(Places, place => name.EndsWith(place, StringComparison.OrdinalIgnoreCase));

    /// <summary>The text without the secrets that are known; for answers, whose form must stay.</summary>
    public static string WithoutKnown(string text) => KnownSecrets.OfProcess.Without(text);

    /// <summary>The text without the secrets that are known and without what looks like one; for logs and messages.</summary>
    public static string Clean(string text)
    {
        try
        {
            return Likely().Replace(WithoutKnown(text), match => match.Groups["keep"].Value + KnownSecrets.Mask);
        }
        catch (RegexMatchTimeoutException)
        {
            // Better no line than one of which nobody knows what it bears.
            return "(a text too long to be cleaned of secrets)";
        }
    }

    [GeneratedRegex("(?:password|passphrase|passwd|pwd|secret|token|credential|signature)[^:]*$|(?:key|auth)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, MatchMilliseconds)]
    private static partial Regex SecretName();

    [GeneratedRegex("""(?:password|pwd)\s*=\s*(?<value>"[^"]*"|'[^']*'|[^;]+)|://[^/\s:@]*:(?<value>[^/\s@]+)@""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, MatchMilliseconds)]
    private static partial Regex Password();

    [GeneratedRegex(
        """
        (?<keep>\b(?:signature|api_?key|secret|secret_?key|password|passwd|pwd|passphrase|token|access_token|listen_?key)\s*=\s*)(?:"[^"]*"|'[^']*'|[^\s;&,)}"']+)
        |(?<keep>"(?:signature|api_?key|secret|secret_?key|password|passwd|pwd|passphrase|token|access_token|listen_?key)"\s*:\s*")(?:[^"\\]|\\.)*
        |(?<keep>\bX-MBX-APIKEY\s*[:=]\s*)[^\s,;]+
        |(?<keep>\bAuthorization\s*[:=]\s*(?!Bearer|Basic))[A-Za-z0-9._~+/=-]{4,}
        |(?<keep>\b(?:Bearer|Basic)\s+)[A-Za-z0-9._~+/=-]{8,}
        |(?<keep>\b(?:__Host-)?trader=)[A-Za-z0-9_-]{20,}
        |(?<keep>://[^/\s:@]*:)[^/\s@]+(?=@)
        |(?<keep>)\btrader_[A-Za-z0-9_-]{20,}
        |(?<keep>-----BEGIN\ [A-Z\ ]*PRIVATE\ KEY-----)[^-]*
        """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace,
        MatchMilliseconds)]
    private static partial Regex Likely();
}
