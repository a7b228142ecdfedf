using System.Net;
using System.Text;
using System.Text.Encodings.Web;

namespace OrleansTrader.Adapters.Secrets;

/// <summary>The ways in which a text may stand in another one.</summary>
internal static class SecretForms
{
    /// <summary>A line of its own of a secret with many, such as a private key; shorter ones say nothing.</summary>
    private const int ShortestLine = 16;

    /// <summary>An address that is shown takes back what it must not escape.</summary>
    private const string Address = "http://x/?";

    private const int BitsOfByte = 8;
    private const int BitsOfLetter = 6;
    private const int BytesOfGroup = 3;

    public static IEnumerable<string> Of(string secret)
    {
        foreach (var form in OfWhole(secret)) yield return form;
        if (!secret.Contains('\n', StringComparison.Ordinal)) yield break;
        foreach (var line in secret.Split('\n', StringSplitOptions.TrimEntries))
            if (line.Length >= ShortestLine)
                foreach (var form in OfWhole(line))
                    yield return form;
    }

    private static IEnumerable<string> OfWhole(string secret)
    {
        yield return secret;
        yield return Uri.EscapeDataString(secret);
        yield return new Uri(Address + Uri.EscapeDataString(secret)).ToString()[Address.Length..];
        yield return WebUtility.UrlEncode(secret);
        yield return UrlEncoder.Default.Encode(secret);
        yield return JavaScriptEncoder.Default.Encode(secret);
        yield return JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(secret);
        var bytes = Encoding.UTF8.GetBytes(secret);
        yield return Convert.ToHexString(bytes);
        yield return Convert.ToHexStringLower(bytes);
        for (var before = 0; before < BytesOfGroup; before++)
        {
            var base64 = Base64(bytes, before);
            if (base64.Length < KnownSecrets.Shortest) continue;
            yield return base64;
            yield return base64.Replace('+', '-').Replace('/', '_');
        }
    }

    /// <summary>Those letters of its base64 that depend on nothing else, where so many bytes stand before it, as in 'user:password'.</summary>
    private static string Base64(byte[] secret, int before)
    {
        byte[] shifted = [.. new byte[before], .. secret];
        var first = ((before * BitsOfByte) + BitsOfLetter - 1) / BitsOfLetter;
        var last = shifted.Length * BitsOfByte / BitsOfLetter;
        return Convert.ToBase64String(shifted)[first..last];
    }
}
