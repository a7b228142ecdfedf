namespace Orleans.Configuration;

/// <summary>Names of the cluster; the embedded runtime only carries them.</summary>
public class ClusterOptions
{
    public string ClusterId { get; set; } = "default";

    public string ServiceId { get; set; } = "default";
}
