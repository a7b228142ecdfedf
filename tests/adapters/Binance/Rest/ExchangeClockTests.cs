using OrleansTrader.Adapters.Binance.Rest;

namespace OrleansTrader.Adapters.Tests.Binance.Rest;

public sealed class ExchangeClockTests
{
    private static readonly DateTime Noon = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    private readonly ManualClock _clock = new();

    [Fact]
    public void The_exchange_spoke_half_a_round_trip_ago()
    {
        var exchange = new ExchangeClock(_clock);
        Measure(exchange, roundTripMs: 80, isFirst: true);
        Assert.Equal(Noon.AddMilliseconds(40), exchange.Now);
        Assert.Equal(TimeSpan.FromMilliseconds(40), exchange.Uncertainty);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(Noon.AddMilliseconds(10_040), exchange.Now);
    }

    [Fact]
    public void Of_a_row_the_shortest_round_trip_counts_and_a_new_row_replaces_it()
    {
        var exchange = new ExchangeClock(_clock);
        Measure(exchange, roundTripMs: 80, isFirst: true);
        Measure(exchange, roundTripMs: 20, isFirst: false);
        Measure(exchange, roundTripMs: 50, isFirst: false);
        Assert.Equal(TimeSpan.FromMilliseconds(10), exchange.Uncertainty);
        Measure(exchange, roundTripMs: 300, isFirst: true);
        Assert.Equal(TimeSpan.FromMilliseconds(150), exchange.Uncertainty);
    }

    [Fact]
    public void It_is_doubtful_before_it_was_measured_long_after_and_when_the_wall_clock_jumps()
    {
        var exchange = new ExchangeClock(_clock);
        Assert.True(exchange.IsDoubtful);
        Measure(exchange, roundTripMs: 80, isFirst: true);
        Assert.False(exchange.IsDoubtful);
        _clock.Origin += TimeSpan.FromHours(1);
        Assert.True(exchange.IsDoubtful);
        Assert.Equal(Noon.AddMilliseconds(40), exchange.Now);
        Measure(exchange, roundTripMs: 80, isFirst: true);
        _clock.Advance(ExchangeClock.GoodFor);
        Assert.False(exchange.IsDoubtful);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(exchange.IsDoubtful);
    }

    private void Measure(ExchangeClock exchange, int roundTripMs, bool isFirst)
    {
        var asked = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromMilliseconds(roundTripMs));
        exchange.Measure(asked, _clock.GetTimestamp(), Noon, isFirst);
    }
}
