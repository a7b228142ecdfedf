namespace OrleansTrader.Core.Tests;

/// <summary>What a piece of code allocates.</summary>
internal static class Allocation
{
    private const int Rounds = 5;

    /// <summary>Bytes that the calling thread allocates in the best of some rounds, after one to warm up.</summary>
    public static long Least(Action act)
    {
        act();
        // A collection on another thread counts what was left of this thread's allocation block: one clean round is proof.
        var least = long.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            act();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
