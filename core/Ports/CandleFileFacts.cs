namespace OrleansTrader.Core.Ports;

/// <summary>What must be known of a candle file when its candles are not needed.</summary>
/// <param name="FirstOpen">Open time of the first candle, UTC.</param>
/// <param name="LastOpen">Open time of the last candle, UTC.</param>
/// <param name="FirstPrice">Open of the first candle, in quote currency.</param>
/// <param name="Candles">How many there are; at least 1.</param>
/// <param name="PriceDecimals">The most decimal places that a price of the file needs.</param>
/// <param name="Missing">Bars that are missing between the first and the last.</param>
/// <param name="LongestGap">From one candle's close to the next one's open; zero without a gap.</param>
/// <param name="GapFrom">When the longest gap begins, UTC, the first of several; null without one.</param>
public sealed record CandleFileFacts(DateTime FirstOpen, DateTime LastOpen, double FirstPrice, int Candles, int PriceDecimals, long Missing, TimeSpan LongestGap, DateTime? GapFrom);
