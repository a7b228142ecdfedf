namespace Orleans.Configuration;

/// <summary>Limits on calls inside a silo.</summary>
public class SiloMessagingOptions : MessagingOptions;
