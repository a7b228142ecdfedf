using System.ComponentModel.DataAnnotations;

namespace OrleansTrader.ExchangeSimulator.Accounts;

/// <summary>A key of an account: with <see cref="Secret"/> (HMAC) or <see cref="PublicKeyPem"/> (RSA).</summary>
public sealed class KeyOptions
{
    [Required]
    public string ApiKey { get; set; } = "";

    public string? Secret { get; set; }

    /// <summary>Of an RSA key, as PEM.</summary>
    public string? PublicKeyPem { get; set; }

    public bool CanRead { get; set; } = true;

    public bool CanTrade { get; set; } = true;

    public bool CanWithdraw { get; set; }

    /// <summary>Addresses that may use it; empty for all.</summary>
    public IList<string> AllowedIps { get; set; } = [];
}
