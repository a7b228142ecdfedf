namespace Orleans;

/// <summary>The way into the grains for code outside them.</summary>
public interface IClusterClient : IGrainFactory
{
    IServiceProvider ServiceProvider { get; }
}
