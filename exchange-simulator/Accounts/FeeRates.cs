using System.ComponentModel.DataAnnotations;

namespace OrleansTrader.ExchangeSimulator.Accounts;

/// <summary>What an account pays, as shares of the value of a trade.</summary>
public sealed record FeeRates
{
    [Range(0.0, 0.1)]
    public decimal Maker { get; set; } = 0.001m;

    [Range(0.0, 0.1)]
    public decimal Taker { get; set; } = 0.001m;

    [Range(0.0, 0.1)]
    public decimal Buyer { get; set; }

    [Range(0.0, 0.1)]
    public decimal Seller { get; set; }
}
