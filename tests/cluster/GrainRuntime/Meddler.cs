using Orleans;
using Orleans.Runtime;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

/// <summary>Holds the calling thread until another one has sent calls of both kinds, that wait and that do not, to a grain and started another.</summary>
public sealed class Meddler(Probe probe, IGrainFactory grains)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public void Meddle(GrainId grain, string where)
    {
        var other = new Thread(() =>
        {
            // Nobody waits for the answers: the first two may come only after the turn of the one who waits here.
            _ = grains.GetGrain<INosyGrain>(grain).PingAsync();
            _ = grains.GetGrain<INosyGrain>(grain).PassAsync();
            _ = grains.GetGrain<ICallGrain>(Guid.NewGuid().ToString()).EchoAsync(where);
        });
        other.Start();
        probe.Mark(other.Join(Patience) ? $"free in {where}" : $"locked in {where}");
    }
}
