using System.Collections.Concurrent;
using System.Reflection;

namespace Orleans.Runtime;

/// <summary>The grain classes of an assembly and the assemblies that it refers to; read once a process.</summary>
internal sealed class GrainAssembly
{
    private static readonly ConcurrentDictionary<Assembly, GrainAssembly> Known = new();

    private GrainAssembly(Assembly assembly)
    {
        Name = assembly.FullName!;
        var references = assembly.GetReferencedAssemblies();
        var runtime = typeof(GrainAssembly).Assembly.GetName().Name;
        var usesRuntime = references.Any(reference => string.Equals(reference.Name, runtime, StringComparison.Ordinal));
        Classes = usesRuntime ? [.. assembly.GetTypes().Where(IsGrainClass)] : [];
        References = [.. references.Where(reference => !IsFramework(reference)).Select(Load).OfType<Assembly>()];
    }

    /// <summary>With version and key; an assembly that was loaded twice has it twice.</summary>
    public string Name { get; }

    public Type[] Classes { get; }

    /// <summary>Without those of the framework, and those that are needed to compile only.</summary>
    public Assembly[] References { get; }

    public static GrainAssembly Of(Assembly assembly) => Known.GetOrAdd(assembly, static assembly => new(assembly));

    private static bool IsGrainClass(Type type) =>
        type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false }
        && type.IsAssignableTo(typeof(IGrain))
        && !type.IsAssignableTo(typeof(GrainReference));

    private static bool IsFramework(AssemblyName name) =>
        name.Name is "netstandard" or "mscorlib"
        || name.Name!.StartsWith("System", StringComparison.Ordinal)
        || name.Name.StartsWith("Microsoft.", StringComparison.Ordinal);

    private static Assembly? Load(AssemblyName name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
