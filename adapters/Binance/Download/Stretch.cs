namespace OrleansTrader.Adapters.Binance.Download;

/// <summary>A time without a bar, or without a break.</summary>
/// <param name="From">When its first bar opens, UTC.</param>
/// <param name="To">When its last bar closes, UTC.</param>
public readonly record struct Stretch(DateTime From, DateTime To);
