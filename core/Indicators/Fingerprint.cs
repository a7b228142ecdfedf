using System.Buffers.Binary;
using System.Collections;
using System.Reflection;
using System.Text;

namespace OrleansTrader.Core.Indicators;

/// <summary>
/// A number by which things of one type that were made with other parameters can be told apart: a hash (FNV-1a) of everything in them
/// that is fixed once they are made.
/// </summary>
/// <remarks>
/// Read from the fields, so that no parameter can be forgotten: those that are read-only, and the parameters that a class keeps for its
/// methods. Of an array only the length counts, for what is in it changes. Too slow for every bar, and not meant for it.
/// </remarks>
internal sealed class Fingerprint
{
    private const ulong Prime = 1_099_511_628_211;
    private const ulong Offset = 14_695_981_039_346_656_037;
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private ulong _hash = Offset;

    /// <summary>The same in every process, as long as the types are.</summary>
    public static long Of(params ReadOnlySpan<object> parts)
    {
        var print = new Fingerprint();
        foreach (var part in parts) print.Take(part);
        return unchecked((long)print._hash);
    }

    private void Take(object? part)
    {
        switch (part)
        {
            case null:
                Mix(0);
                break;
            case string text:
                foreach (var letter in Encoding.UTF8.GetBytes(text)) Mix(letter);
                Mix(text.Length);
                break;
            case double number:
                Mix(BitConverter.DoubleToInt64Bits(number));
                break;
            case DateTime time:
                Mix(time.Ticks);
                break;
            case TimeSpan time:
                Mix(time.Ticks);
                break;
            case Array array:
                Mix(array.Length);
                if (!array.GetType().GetElementType()!.IsValueType) foreach (var element in array) Take(element);
                break;
            case IStructuralEquatable and IEnumerable fixedList:
                foreach (var element in fixedList) Take(element);
                break;
            case decimal or float:
                Take(part.ToString());
                break;
            case IConvertible whole:
                Mix(whole.ToInt64(provider: null));
                break;
            case not Delegate when IsOurs(part.GetType()):
                TakeFields(part);
                break;
        }
    }

    private void TakeFields(object owner)
    {
        if (!owner.GetType().IsValueType && !_seen.Add(owner)) return;
        Take(owner.GetType().FullName);
        for (var type = owner.GetType(); type is not null && IsOurs(type); type = type.BaseType)
        {
            foreach (var field in type.GetFields(Own).Where(IsFixed).OrderBy(field => field.Name, StringComparer.Ordinal)) Take(field.GetValue(owner));
        }
    }

    // The compiler names a parameter that a class keeps <name>P.
    private static bool IsFixed(FieldInfo field) => field.IsInitOnly || field.Name.EndsWith(">P", StringComparison.Ordinal);

    private static bool IsOurs(Type type) => type.Namespace?.StartsWith(nameof(OrleansTrader), StringComparison.Ordinal) == true;

    private void Mix(long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        foreach (var one in bytes) _hash = unchecked((_hash ^ one) * Prime);
    }
}
