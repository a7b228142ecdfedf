using OrleansTrader.Adapters.Postgres;

namespace OrleansTrader.Adapters.Tests.Postgres;

public sealed class ReminderTableTests : IDisposable
{
    private readonly JournalPlace _place = JournalPlace.Make();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Reminders_are_kept_replaced_and_removed_to_the_tick()
    {
        var table = new ReminderTable(_place.Server());
        var first = new ReminderRow("strategy/a/b", "revive", new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(7), TimeSpan.FromMinutes(1) + TimeSpan.FromTicks(3));
        var other = first with { Name = "audit" };
        await table.WriteAsync(first, Cancellation);
        await table.WriteAsync(other, Cancellation);
        await table.WriteAsync(first with { Period = TimeSpan.FromHours(1) }, Cancellation);

        Assert.Equal([other, first with { Period = TimeSpan.FromHours(1) }], await new ReminderTable(_place.Server()).ReadAsync(Cancellation));
        await table.RemoveAsync(first.Grain, first.Name, Cancellation);
        await table.RemoveAsync(first.Grain, "none", Cancellation);
        Assert.Equal([other], await table.ReadAsync(Cancellation));
    }
}
