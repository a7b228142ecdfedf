using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Silo.Settings;

/// <summary>Where candles come from.</summary>
public enum MarketSource
{
    /// <summary>Candle files where there are any, else invented prices.</summary>
    Auto,
    Binance,
    Replay,
    Synthetic,
}

/// <summary>The market that is traded.</summary>
public sealed record MarketSettings
{
    public const string Section = "Market";

    public MarketSource Source { get; init; } = MarketSource.Auto;

    /// <summary>Folder of the candle files of a replay. Default data/klines below the current folder.</summary>
    [Required(ErrorMessage = "the path of a folder")]
    public string Path { get; init; } = "data/klines";

    /// <summary>Names separated by commas; empty takes every symbol that the folder has, or four invented ones.</summary>
    [RegularExpression(SettingForms.SymbolsPattern, ErrorMessage = SettingForms.Symbols)]
    public string Symbols { get; init; } = "";

    /// <summary>Length of a bar. Default 1h.</summary>
    public Interval Interval { get; init; } = Interval.OneHour;

    /// <summary>Bars per second and symbol at which a replay or an invented market runs. Default 4.</summary>
    [Range(0.01, 100_000)]
    public double Speed { get; init; } = 4;

    /// <summary>First moment of a replay, UTC; empty for the beginning of the files.</summary>
    public DateTime? From { get; init; }

    /// <summary>Last moment of a replay, UTC; empty for the end of the files.</summary>
    public DateTime? To { get; init; }

    /// <summary>Seed of the invented market. Default 42.</summary>
    [Range(0, int.MaxValue)]
    public int Seed { get; init; } = 42;

    /// <summary>Whether a replay skips rows that make no sense, or refuses the file.</summary>
    public BadRows BadRows { get; init; } = BadRows.Skip;

    /// <summary>This group alone, for what needs no service.</summary>
    /// <exception cref="SettingsException">A setting of it is wrong.</exception>
    public static MarketSettings Read(IConfiguration configuration)
    {
        var reader = new SettingsReader(configuration);
        var settings = reader.Read<MarketSettings>(Section);
        reader.ThrowIfAny();
        return settings;
    }

    public IReadOnlyList<string> SymbolList => SettingForms.SymbolsOf(Symbols);
}

/// <summary>What to do with a row of a candle file that makes no sense.</summary>
public enum BadRows
{
    Skip,
    Stop,
}
