using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;

namespace OrleansTrader.Silo.Settings;

/// <summary>The account that trades.</summary>
public sealed class AccountSettings
{
    public const string Section = "Account";

    /// <summary>Whose money is traded. Default paper.</summary>
    public AccountMode Mode { get; init; } = AccountMode.Paper;

    /// <summary>Letters, digits, dots and dashes; empty for mode and market source, so that each has an account of its own.</summary>
    [RegularExpression("([A-Za-z0-9][A-Za-z0-9._-]{0,63})?", ErrorMessage = "1 to 64 letters, digits, '.', '_' and '-', the first a letter or digit")]
    public string Name { get; init; } = "";

    /// <summary>Quote currency that a new paper account begins with; any other has what its exchange says. Default 10,000.</summary>
    [Range(1.0, 1_000_000_000.0)]
    public decimal Cash { get; init; } = 10_000;

    /// <summary>What an entry of a live account may cost for 24 hours after it was first armed, quote currency; 0 for no such bound. Default 50.</summary>
    [Range(0.0, 1_000_000_000.0)]
    public decimal FirstDayOrderValue { get; init; } = 50;

    /// <summary>The strategy by name. Default hybrid.</summary>
    public string Strategy { get; init; } = "hybrid";

    /// <summary>Folder of the owner's own strategies, a file each. Default strategies below the current folder, where there is one.</summary>
    [Required(ErrorMessage = "the path of a folder")]
    public string StrategyFolder { get; init; } = "strategies";

    /// <summary>Symbols that the exchange has taken off, separated by commas: everything that the account still has of them is given to its owner at the next start, at its latest price; empty for none.</summary>
    [RegularExpression(SettingForms.SymbolsPattern, ErrorMessage = SettingForms.Symbols)]
    public string HandOver { get; init; } = "";

    /// <summary>Another currency in which equity, profit and fees are shown too, such as USDT; empty for none.</summary>
    [RegularExpression("[A-Za-z0-9]{0,16}", ErrorMessage = "the letters and digits of a currency, such as USDT")]
    public string Valuation { get; init; } = "";

    /// <summary>The symbol of the market whose close is the rate, such as BTCUSDT where the account counts in BTC or in USDT; goes with <see cref="Valuation"/>.</summary>
    [RegularExpression("[A-Za-z0-9]{0,32}", ErrorMessage = "the letters and digits of a symbol, such as BTCUSDT")]
    public string ValuationSymbol { get; init; } = "";

    /// <summary>Parameters of the strategy by name, as they are written; what is left out has its default.</summary>
    public ImmutableSortedDictionary<string, string> Parameters { get; init; } = ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<string> HandOverList => SettingForms.SymbolsOf(HandOver);

    /// <exception cref="SettingsException">One of these is to be handed over, and traded.</exception>
    public void RefuseToHandOver(IReadOnlyCollection<string> symbols)
    {
        if (HandOverList.FirstOrDefault(symbols.Contains) is { } both)
            throw new SettingsException($"{Section}:{nameof(HandOver)} has {both}, which is traded; take it out there, or out of {MarketSettings.Section}:{nameof(MarketSettings.Symbols)}.");
    }
}
