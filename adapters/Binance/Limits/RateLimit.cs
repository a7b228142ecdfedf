namespace OrleansTrader.Adapters.Binance.Limits;

/// <summary>One limit as the exchange states it: so much of something within a window, whose windows begin at the full minute, hour or day.</summary>
/// <param name="Window">Above zero.</param>
/// <param name="Limit">The most that is allowed within one window, 1 or more.</param>
public readonly record struct RateLimit(RateLimitKind Kind, TimeSpan Window, int Limit);
