using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Orleans.Runtime;

/// <summary>The identity of a grain, written <c>type/key</c>. Compares by content.</summary>
public readonly struct GrainId(GrainType type, IdSpan key) : IEquatable<GrainId>
{
    public GrainType Type { get; } = type;

    public IdSpan Key { get; } = key;

    public bool IsDefault => Type.IsDefault && Key.IsDefault;

    public static GrainId Create(string type, string key) => new(GrainType.Create(type), IdSpan.Create(key));

    public static GrainId Create(GrainType type, string key) => new(type, IdSpan.Create(key));

    public static GrainId Create(GrainType type, IdSpan key) => new(type, key);

    public static GrainId Parse(string value) =>
        TryParse(value, out var result) ? result : throw new FormatException($"'{value}' is not a grain identity; expected type/key");

    public static bool TryParse(string? value, out GrainId result)
    {
        var slash = value?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        result = slash > 0 ? Create(value![..slash], value[(slash + 1)..]) : default;
        return slash > 0;
    }

    public static bool operator ==(GrainId left, GrainId right) => left.Equals(right);

    public static bool operator !=(GrainId left, GrainId right) => !left.Equals(right);

    public bool Equals(GrainId other) => Key.Equals(other.Key) && Type.Equals(other.Type);

    public override bool Equals(object? obj) => obj is GrainId other && Equals(other);

    public override int GetHashCode() => (Type.GetHashCode() * 31) + Key.GetHashCode();

    public override string ToString() => $"{Type}/{Key}";

    internal static IdSpan KeyOf(Guid key) => IdSpan.Create(key.ToString("N", CultureInfo.InvariantCulture));

    internal static IdSpan KeyOf(long key) => IdSpan.Create(key.ToString("X", CultureInfo.InvariantCulture));

    internal static IdSpan KeyOf(Guid key, string extension) => Compound(KeyOf(key), extension);

    internal static IdSpan KeyOf(long key, string extension) => Compound(KeyOf(key), extension);

    internal bool TryGetGuidKey(out Guid key) => TryGetGuidKey(out key, out var extension) && extension is null;

    internal bool TryGetIntegerKey(out long key) => TryGetIntegerKey(out key, out var extension) && extension is null;

    internal bool TryGetGuidKey(out Guid key, out string? extension)
    {
        extension = null;
        return Utf8Parser.TryParse(Key.AsSpan(), out key, out var used, 'N') && TryGetExtension(used, out extension);
    }

    internal bool TryGetIntegerKey(out long key, out string? extension)
    {
        extension = null;
        return Utf8Parser.TryParse(Key.AsSpan(), out key, out var used, 'X') && TryGetExtension(used, out extension);
    }

    private static IdSpan Compound(IdSpan key, string extension) =>
        string.IsNullOrWhiteSpace(extension) ? key : IdSpan.Create($"{key}+{extension}");

    private bool TryGetExtension(int start, out string? extension)
    {
        var rest = Key.AsSpan()[start..];
        extension = rest.IsEmpty || rest[0] != (byte)'+' ? null : Encoding.UTF8.GetString(rest[1..]);
        return rest.IsEmpty || extension is not null;
    }
}
