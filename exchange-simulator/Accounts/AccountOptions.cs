using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace OrleansTrader.ExchangeSimulator.Accounts;

/// <summary>An account of the exchange.</summary>
public sealed class AccountOptions
{
    [Required]
    public string Name { get; set; } = "";

    public IList<KeyOptions> Keys { get; set; } = [];

    /// <summary>What it owns at first, by asset.</summary>
    public IDictionary<string, decimal> Balances { get; set; } = new Dictionary<string, decimal>(StringComparer.Ordinal);

    public FeeRates Standard { get; set; } = new();

    // What is not named of them keeps its own default, which is not that of the standard fee.
    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    public FeeRates Special { get; set; } = new() { Maker = 0, Taker = 0 };

    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    public FeeRates Tax { get; set; } = new() { Maker = 0, Taker = 0 };

    /// <summary>Fees are taken in BNB as long as there is enough of it.</summary>
    public bool PaysWithBnb { get; set; }

    /// <summary>The standard fee is multiplied by it where BNB pays. Default 0.75.</summary>
    [Range(0.0, 1.0)]
    public decimal BnbDiscount { get; set; } = 0.75m;

    /// <summary>Accounts of one group do not trade with each other; -1 for none.</summary>
    public long TradeGroup { get; set; } = -1;
}
