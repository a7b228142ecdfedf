namespace Orleans.Configuration;

/// <summary>Limits on calls inside a silo.</summary>
public class SiloMessagingOptions : MessagingOptions
{
    /// <summary>How often a call that an ending activation left behind goes on to the next one before it is rejected. Default 2.</summary>
    public int MaxForwardCount { get; set; } = 2;
}
