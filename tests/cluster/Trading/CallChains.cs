using System.Collections.Concurrent;
using Orleans;
using Orleans.Runtime;

namespace OrleansTrader.Cluster.Tests.Trading;

/// <summary>Records every awaited chain of grain calls, as a path of grain types.</summary>
internal sealed class CallChains : IIncomingGrainCallFilter
{
    private const string Key = "chain";

    /// <summary>Each chain that was seen, such as <c>strategy > portfolio > exchange</c>.</summary>
    public ConcurrentDictionary<string, int> Seen { get; } = new(StringComparer.Ordinal);

    /// <summary>As <see cref="Seen"/>, with the method that was called last.</summary>
    public ConcurrentDictionary<string, int> Calls { get; } = new(StringComparer.Ordinal);

    /// <summary>Chains that came back to a grain already on them.</summary>
    public ConcurrentBag<string> Circles { get; } = [];

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        var above = RequestContext.Get(Key) as string ?? "";
        var target = context.TargetId.ToString();
        var chain = above.Length == 0 ? target : $"{above} > {target}";
        if (above.Split(" > ").Contains(target, StringComparer.Ordinal)) Circles.Add($"{chain}.{context.MethodName}");
        var types = string.Join(" > ", chain.Split(" > ").Select(grain => grain.Split('/')[0]));
        Seen.AddOrUpdate(types, 1, (_, count) => count + 1);
        Calls.AddOrUpdate($"{types}.{context.MethodName}", 1, (_, count) => count + 1);
        RequestContext.Set(Key, chain);
        await context.Invoke();
    }
}
