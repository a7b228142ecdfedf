using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;

namespace OrleansTrader.Adapters.Postgres;

/// <summary>One step of the schema, as it comes with the program.</summary>
/// <param name="Version">1 for the first.</param>
/// <param name="Name">Of its file.</param>
/// <param name="Checksum">SHA-256 of the text in hexadecimal digits.</param>
internal sealed record SchemaScript(int Version, string Name, string Text, string Checksum)
{
    private const string Prefix = "Postgres.Schema.";

    /// <summary>All, the first first.</summary>
    public static IReadOnlyList<SchemaScript> All { get; } = [.. Names().Select(Load)];

    private static IEnumerable<string> Names() => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    private static SchemaScript Load(string resource)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!);
        // A checkout with other line ends is the same script.
        var text = reader.ReadToEnd().ReplaceLineEndings("\n");
        var name = resource[Prefix.Length..];
        return new SchemaScript(int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name, text, Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text))));
    }
}
