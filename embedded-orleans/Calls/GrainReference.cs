using System.Reflection;

namespace Orleans.Runtime;

/// <summary>
/// The address of a grain, typed as one of its interfaces: calling the interface sends a message. Two references are equal when
/// they address the same grain.
/// </summary>
public class GrainReference : DispatchProxy, IAddressable, IEquatable<GrainReference>
{
    private Silo? _silo;

    public GrainId GrainId { get; private set; }

    public string InterfaceName { get; private set; } = string.Empty;

    internal Silo Silo => _silo ?? throw new InvalidOperationException("A reference comes from IGrainFactory.GetGrain, not from a constructor.");

    public static bool operator ==(GrainReference? left, GrainReference? right) => left?.Equals(right) ?? right is null;

    public static bool operator !=(GrainReference? left, GrainReference? right) => !(left == right);

    public bool Equals(GrainReference? other) => other is not null && GrainId.Equals(other.GrainId) && ReferenceEquals(_silo, other._silo);

    public override bool Equals(object? obj) => obj is GrainReference other && Equals(other);

    public override int GetHashCode() => GrainId.GetHashCode();

    public override string ToString() => $"GrainReference:{GrainId}:{InterfaceName}";

    internal object As(Type interfaceType) => interfaceType.IsInstanceOfType(this) ? this : Silo.References.Typed(GrainId, interfaceType);

    internal void Bind(Silo silo, GrainId id, Type interfaceType)
    {
        _silo = silo;
        GrainId = id;
        InterfaceName = interfaceType.FullName!;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        GrainReferences.MethodOf(targetMethod!).Send(this, args ?? []);
}
