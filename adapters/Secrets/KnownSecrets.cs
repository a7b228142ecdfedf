using System.Buffers;
using System.Text;

namespace OrleansTrader.Adapters.Secrets;

/// <summary>
/// The secrets that a process has seen, so that no text that leaves it bears one, whoever wrote the text: the message of a library's
/// exception, say. Each is known as it is, and as addresses, JSON, base64 and hexadecimal digits write it.
/// </summary>
/// <remarks>Thread-safe. What was once known stays known: a secret that was replaced may still stand in a text under way.</remarks>
public sealed class KnownSecrets
{
    /// <summary>The shortest text that is taken for a secret, in characters: shorter ones stand in every other text by chance.</summary>
    public const int Shortest = 6;

    /// <summary>What stands in the place of a secret.</summary>
    public const string Mask = "***";

    private readonly Lock _gate = new();
    private readonly HashSet<string> _secrets = new(StringComparer.Ordinal);
    private volatile Known _known = new(SearchValues.Create([], StringComparison.Ordinal), []);

    /// <summary>Of this process: whatever reads or makes a secret tells it here.</summary>
    public static KnownSecrets OfProcess { get; } = new();

    /// <summary>Takes note of a secret; null and what is shorter than <see cref="Shortest"/> is none.</summary>
    public void Add(string? secret)
    {
        if (secret is null || secret.Length < Shortest || _known.Secrets.Contains(secret)) return;
        lock (_gate)
        {
            if (_secrets.Add(secret)) _known = Known.Of(_secrets);
        }
    }

    /// <summary>Takes note of a key, as which its base64 and its hexadecimal digits are found.</summary>
    public void Add(ReadOnlySpan<byte> key)
    {
        Add(Convert.ToBase64String(key));
        Add(Convert.ToHexString(key));
        Add(Convert.ToHexStringLower(key));
    }

    /// <summary>The text with <see cref="Mask"/> for every secret in it that is known.</summary>
    public string Without(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var known = _known;
        var start = known.Find(text, from: 0);
        if (start < 0) return text;
        var clean = new StringBuilder(text.Length);
        var from = 0;
        for (; start >= 0; start = known.Find(text, from))
        {
            clean.Append(text, from, start - from).Append(Mask);
            from = known.EndOf(text, start);
        }

        return clean.Append(text, from, text.Length - from).ToString();
    }

    /// <param name="Secrets">As they were told.</param>
    private sealed record Known(SearchValues<string> Forms, HashSet<string> Secrets)
    {
        private string[] ByLength { get; init; } = [];

        public static Known Of(HashSet<string> secrets)
        {
            string[] forms = [.. secrets.SelectMany(SecretForms.Of).Distinct(StringComparer.Ordinal).OrderByDescending(form => form.Length)];
            return new Known(SearchValues.Create(forms, StringComparison.Ordinal), new HashSet<string>(secrets, StringComparer.Ordinal)) { ByLength = forms };
        }

        /// <returns>Where the next secret begins; -1 when there is none.</returns>
        public int Find(string text, int from) => text.AsSpan(from).IndexOfAny(Forms) is >= 0 and var next ? from + next : -1;

        /// <summary>Two that overlap are one: of neither may a rest stay.</summary>
        public int EndOf(string text, int start)
        {
            var end = start;
            for (var at = start; at >= 0 && at <= end; at = Find(text, at + 1)) end = Math.Max(end, at + LongestAt(text, at));
            return end;
        }

        private int LongestAt(string text, int at)
        {
            foreach (var form in ByLength)
                if (string.CompareOrdinal(text, at, form, 0, form.Length) == 0)
                    return form.Length;
            return 0;
        }
    }
}
