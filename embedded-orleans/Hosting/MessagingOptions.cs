namespace Orleans.Configuration;

/// <summary>Limits on calls.</summary>
public abstract class MessagingOptions
{
    /// <summary>How long a caller waits for an answer before it gets a <see cref="TimeoutException"/>. Default 30 seconds.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether the called method's cancellation token is signalled when its caller stops waiting. Default true.</summary>
    public bool CancelRequestOnTimeout { get; set; } = true;
}
