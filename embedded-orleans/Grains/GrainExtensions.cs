using Orleans.Runtime;

namespace Orleans;

/// <summary>Identity and references of grains.</summary>
public static class GrainExtensions
{
    /// <summary>A reference to the same grain, typed as another of its interfaces.</summary>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain) =>
        (TGrainInterface)grain.AsReference(typeof(TGrainInterface));

    public static TGrainInterface Cast<TGrainInterface>(this IAddressable grain) => grain.AsReference<TGrainInterface>();

    public static object AsReference(this IAddressable grain, Type interfaceType) => ReferenceOf(grain).As(interfaceType);

    public static object Cast(this IAddressable grain, Type interfaceType) => grain.AsReference(interfaceType);

    public static GrainId GetGrainId(this IAddressable grain) => grain switch
    {
        GrainReference reference => reference.GrainId,
        IGrainBase instance => instance.GrainContext.GrainId,
        null => throw new ArgumentNullException(nameof(grain)),
        _ => throw NotAGrain(grain),
    };

    public static bool IsPrimaryKeyBasedOnLong(this IAddressable grain) => grain.GetGrainId().TryGetIntegerKey(out _);

    public static long GetPrimaryKeyLong(this IAddressable grain) =>
        grain.GetGrainId().TryGetIntegerKey(out var key) ? key : throw WrongKey(grain, "an integer");

    public static Guid GetPrimaryKey(this IAddressable grain) =>
        grain.GetGrainId().TryGetGuidKey(out var key) ? key : throw WrongKey(grain, "a GUID");

    /// <param name="keyExt">The text of a compound key; null when the key has none.</param>
    public static long GetPrimaryKeyLong(this IAddressable grain, out string? keyExt) =>
        grain.GetGrainId().TryGetIntegerKey(out var key, out keyExt) ? key : throw WrongKey(grain, "an integer");

    /// <param name="keyExt">The text of a compound key; null when the key has none.</param>
    public static Guid GetPrimaryKey(this IAddressable grain, out string? keyExt) =>
        grain.GetGrainId().TryGetGuidKey(out var key, out keyExt) ? key : throw WrongKey(grain, "a GUID");

    public static string GetPrimaryKeyString(this IAddressable grain) => grain.GetGrainId().Key.ToString();

    private static GrainReference ReferenceOf(IAddressable grain) => grain switch
    {
        GrainReference reference => reference,
        IGrainBase instance => instance.GrainContext.GrainReference,
        null => throw new ArgumentNullException(nameof(grain)),
        _ => throw NotAGrain(grain),
    };

    private static ArgumentException NotAGrain(IAddressable grain) =>
        new($"{grain.GetType()} is neither a grain nor a reference to one.", nameof(grain));

    private static InvalidOperationException WrongKey(IAddressable grain, string kind) =>
        new($"The key of {grain.GetGrainId()} is not {kind}.");
}
