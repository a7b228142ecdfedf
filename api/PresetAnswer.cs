using OrleansTrader.Core.Risk;

namespace OrleansTrader.Api;

/// <summary>A preset of limits.</summary>
/// <param name="Meaning">What it means in money for the equity of this moment.</param>
public sealed record PresetAnswer(RiskPreset Preset, string Meaning, RiskLimits Limits);
