namespace OrleansTrader.Api;

/// <summary>The password of the owner.</summary>
public sealed record LoginRequest(string? Password)
{
    public override string ToString() => "***";
}
