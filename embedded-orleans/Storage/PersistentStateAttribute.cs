namespace Orleans.Runtime;

/// <summary>On a constructor parameter of a grain: the name of the state and of the storage that keeps it; no name means the default storage.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class PersistentStateAttribute(string stateName, string? storageName = null) : Attribute
{
    public string StateName { get; } = stateName;

    public string? StorageName { get; } = storageName;
}
