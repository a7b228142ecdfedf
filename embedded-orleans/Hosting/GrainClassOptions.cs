using System.Reflection;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>
/// Where grain classes are found: in loaded assemblies and those that the program refers to, as far as they use the runtime,
/// and in assemblies named here.
/// </summary>
public sealed class GrainClassOptions
{
    /// <summary>Assemblies that nothing refers to, such as plug-ins.</summary>
    public IList<Assembly> Assemblies { get; } = [];

    internal IEnumerable<Type> FindClasses() =>
        FindAssemblies()
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false })
            .Where(type => type.IsAssignableTo(typeof(IGrain)) && !type.IsAssignableTo(typeof(GrainReference)))
            .OrderBy(type => type.FullName, StringComparer.Ordinal);

    private HashSet<Assembly> FindAssemblies()
    {
        var found = new HashSet<Assembly>();
        var visited = new HashSet<string>(StringComparer.Ordinal);
        var queue = new Queue<Assembly>(Assemblies.Concat(AppDomain.CurrentDomain.GetAssemblies()));
        if (Assembly.GetEntryAssembly() is { } program) queue.Enqueue(program);
        var runtime = typeof(GrainClassOptions).Assembly.GetName().Name;
        while (queue.TryDequeue(out var assembly))
        {
            if (assembly.IsDynamic || !visited.Add(assembly.FullName!)) continue;
            var references = assembly.GetReferencedAssemblies();
            if (references.Any(reference => string.Equals(reference.Name, runtime, StringComparison.Ordinal))) found.Add(assembly);
            foreach (var reference in references.Where(reference => !IsFramework(reference) && !visited.Contains(reference.FullName)))
            {
                if (Load(reference) is { } loaded) queue.Enqueue(loaded);
            }
        }

        return found;
    }

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
            // A reference that is only needed to compile.
            return null;
        }
    }
}
