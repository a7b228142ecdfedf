using Xunit;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

/// <summary>A limit in real time on what should happen at once, so that a defect fails a test instead of hanging it.</summary>
public static class Patience
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static Task Soon(this Task task) => task.WaitAsync(Limit, TestContext.Current.CancellationToken);

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Limit, TestContext.Current.CancellationToken);
}
