namespace OrleansTrader.Core.Ports;

/// <summary>What reading a candle file has found, and what tells whether it is still the same file.</summary>
/// <param name="Name">Without its folder.</param>
public sealed record IndexedCandleFile(string Name, CandleFileMark Mark, CandleFileFacts Facts);
