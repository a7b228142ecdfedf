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

    internal IEnumerable<Type> FindClasses()
    {
        var found = new List<Type>();
        var visited = new HashSet<string>(StringComparer.Ordinal);
        var queue = new Queue<Assembly>(Assemblies.Concat(AppDomain.CurrentDomain.GetAssemblies()));
        if (Assembly.GetEntryAssembly() is { } program) queue.Enqueue(program);
        while (queue.TryDequeue(out var assembly))
        {
            if (assembly.IsDynamic) continue;
            var contents = GrainAssembly.Of(assembly);
            if (!visited.Add(contents.Name)) continue;
            found.AddRange(contents.Classes);
            foreach (var reference in contents.References) queue.Enqueue(reference);
        }

        found.Sort((left, right) => string.CompareOrdinal(left.FullName, right.FullName));
        return found;
    }
}
