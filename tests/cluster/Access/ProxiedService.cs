namespace OrleansTrader.Cluster.Tests.Access;

/// <summary>A service behind a proxy, which has an address of its own among those of this machine.</summary>
public sealed class ProxiedService : GuardedService
{
    public const string Proxy = "127.0.0.50";

    protected override string[] Settings => [$"--Access:KnownProxies={Proxy}", "--Access:Hosts=trader.example"];
}
