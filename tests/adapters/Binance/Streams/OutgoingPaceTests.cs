using OrleansTrader.Adapters.Binance.Streams;

namespace OrleansTrader.Adapters.Tests.Binance.Streams;

public sealed class OutgoingPaceTests
{
    [Fact]
    public async Task In_no_second_more_than_four_messages_leave_so_that_a_pong_has_room()
    {
        var clock = new ManualClock();
        using var pace = new OutgoingPace(clock);
        var random = new Random(7);
        var sent = new List<TimeSpan>();
        var sends = Enumerable.Range(0, 60).Select(_ => pace.SendAsync(
            () =>
            {
                lock (sent) sent.Add(clock.Elapsed);
                return Task.CompletedTask;
            },
            TestContext.Current.CancellationToken)).ToList();
        var all = Task.WhenAll(sends);
        while (!all.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(random.Next(1, 50)));
            await Task.Yield();
        }

        Assert.Equal(60, sent.Count);
        Assert.All(sent, first => Assert.InRange(sent.Count(time => time >= first && time < first + TimeSpan.FromSeconds(1)), 1, 4));
    }
}
