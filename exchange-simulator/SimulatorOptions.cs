using System.ComponentModel.DataAnnotations;
using OrleansTrader.ExchangeSimulator.Accounts;
using OrleansTrader.ExchangeSimulator.Faults;
using OrleansTrader.ExchangeSimulator.Limits;
using OrleansTrader.ExchangeSimulator.Markets;

namespace OrleansTrader.ExchangeSimulator;

/// <summary>The settings of the exchange.</summary>
public sealed class SimulatorOptions
{
    public const string Section = "ExchangeSimulator";

    /// <summary>Of ids, sizes of the book, and faults: the same seed and the same requests at the same moments give the same answers.</summary>
    public long Seed { get; set; } = 1;

    /// <summary>What the exchange's clock shows at first, UTC; null for what follows from <see cref="Since"/>.</summary>
    public DateTime? Start { get; set; }

    /// <summary>
    /// When the exchange's clock and this machine's showed the same, UTC; null for the start. A client whose time has the same speed since the same moment has the same time. Has
    /// no meaning with <see cref="Start"/>.
    /// </summary>
    public DateTime? Since { get; set; }

    /// <summary>How many seconds of market pass in one second. Default 1.</summary>
    [Range(0.001, 1_000_000.0)]
    public double Speed { get; set; } = 1;

    public MarketOptions Market { get; set; } = new();

    /// <summary>By symbol; a symbol that is missing has those that fit its rules.</summary>
    public IDictionary<string, SymbolFilters> Filters { get; set; } = new Dictionary<string, SymbolFilters>(StringComparer.Ordinal);

    public IList<AccountOptions> Accounts { get; set; } = [];

    public LimitOptions Limits { get; set; } = new();

    public AssumptionOptions Assumptions { get; set; } = new();

    public FaultOptions Faults { get; set; } = new();
}
