namespace Orleans.Hosting;

/// <summary>Clustering of the embedded runtime, which is always one silo in one process.</summary>
public static class CoreHostingExtensions
{
    /// <summary>Accepted so that the same configuration builds on both runtimes; one process needs no clustering.</summary>
    public static ISiloBuilder UseLocalhostClustering(this ISiloBuilder builder) => builder;
}
