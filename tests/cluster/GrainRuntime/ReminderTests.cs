using Orleans.Hosting;
using Xunit;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

public sealed class ReminderTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_reminder_ticks_when_due_and_then_every_period()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        await runtime.Grains.GetGrain<IReminderGrain>("a").RemindAsync("tick", 2 * Minute, 7 * Minute).Soon();
        await runtime.Time.TimerSet(2 * Minute);
        runtime.Time.Advance(2 * Minute);
        await runtime.Probe.Seen("tick");
        await runtime.Time.TimerSet(7 * Minute);
        runtime.Time.Advance(7 * Minute);
        await runtime.Probe.Seen("tick");
        await runtime.Time.TimerSet(7 * Minute);
        runtime.Time.Advance(6 * Minute);
        Assert.Equal(["tick", "tick"], runtime.Probe.Log);
    }

    [Fact]
    public async Task A_reminder_activates_its_grain()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = runtime.Grains.GetGrain<IReminderGrain>("a");
        await grain.RemindAsync("tick", Minute, Minute).Soon();
        await runtime.Time.TimerSet(Minute);
        await grain.LeaveAsync().Soon();
        runtime.Time.Advance(Minute);
        await runtime.Probe.Seen("tick");
    }

    [Fact]
    public async Task A_removed_reminder_ticks_no_more()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = runtime.Grains.GetGrain<IReminderGrain>("a");
        await grain.RemindAsync("gone", Minute, Minute).Soon();
        await grain.RemindAsync("stays", 5 * Minute, Minute).Soon();
        await grain.ForgetAsync("gone").Soon();
        Assert.Equal(["stays"], await grain.NamesAsync().Soon());
        await runtime.Time.TimerSet(5 * Minute);
        runtime.Time.Advance(5 * Minute);
        await runtime.Probe.Seen("stays");
        Assert.Equal(["stays"], runtime.Probe.Log);
    }

    [Fact]
    public async Task A_reminder_that_is_registered_again_follows_its_new_times()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = runtime.Grains.GetGrain<IReminderGrain>("a");
        await grain.RemindAsync("tick", Minute, Minute).Soon();
        await grain.RemindAsync("tick", 3 * Minute, 5 * Minute).Soon();
        await runtime.Time.TimerSet(3 * Minute);
        runtime.Time.Advance(2 * Minute);
        Assert.Empty(runtime.Probe.Log);
        runtime.Time.Advance(Minute);
        await runtime.Probe.Seen("tick");
        Assert.Equal(["tick"], await grain.NamesAsync().Soon());
    }

    [Fact]
    public async Task A_period_below_one_minute_is_refused()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = runtime.Grains.GetGrain<IReminderGrain>("a");
        await Assert.ThrowsAsync<ArgumentException>(() => grain.RemindAsync("tick", Minute, TimeSpan.FromSeconds(59)).Soon());
    }

#if !ORLEANS
    // Orleans reads its table again and again, and sets no timer before a reminder is near.
    [Fact]
    public async Task A_reminder_far_away_ticks_when_due_and_stops_no_other()
    {
        const int Days = 60;
        var half = TimeSpan.FromHours(12);
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = runtime.Grains.GetGrain<IReminderGrain>("a");
        await grain.RemindAsync("far", TimeSpan.FromDays(Days), TimeSpan.FromDays(Days)).Soon();
        await grain.RemindAsync("near", half, TimeSpan.FromDays(90)).Soon();
        await runtime.Time.TimerSet(half);
        // No further: a grain whose call is under way must not find that hours have passed.
        runtime.Time.Advance(half);
        await runtime.Probe.Seen("near");
        runtime.Time.Advance(half);
        for (var day = 1; day < Days; day++)
        {
            Assert.DoesNotContain("far", runtime.Probe.Log, StringComparer.Ordinal);
            await runtime.Time.TimerSet(TimeSpan.FromDays(1));
            runtime.Time.Advance(TimeSpan.FromDays(1));
        }

        await runtime.Probe.Seen("far");
    }

    [Theory]
    [InlineData("", "line 1, column 1 cannot be read")]
    [InlineData("[{\"Grain\":\"reminder/a\",\"Na", "line 1, column 27 cannot be read")]
    [InlineData("null", "it holds no list")]
    [InlineData("[null]", "a row lacks its grain, its name or its period")]
    [InlineData("[{\"Grain\":\"reminder/a\",\"Name\":\"tick\"}]", "a row lacks its grain, its name or its period")]
    [InlineData("[{\"Grain\":\"nonsense\",\"Name\":\"tick\",\"Period\":\"00:01:00\"}]", "'nonsense' is not a grain identity; expected type/key")]
    [InlineData("[{\"Grain\":\"a/b\",\"Name\":\"c\",\"Period\":\"00:01:00\"},{\"Grain\":\"a/b\",\"Name\":\"c\",\"Period\":\"00:02:00\"}]", "it names c of a/b twice")]
    public async Task A_damaged_file_of_reminders_stops_the_start_and_says_where_it_is_and_what_to_do(string content, string why)
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, content, TestContext.Current.CancellationToken);
            var error = await Assert.ThrowsAsync<InvalidDataException>(() => RuntimeFixture.StartAsync(silo => silo.UseFileReminderService(path)));
            Assert.Equal($"The reminders in {path} are damaged ({why}); move the file away and start again: grains register what they need anew.", error.Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_reminder_in_a_file_survives_the_process()
    {
        var folder = Directory.CreateTempSubdirectory("reminders");
        try
        {
            var path = Path.Combine(folder.FullName, "reminders.json");
            await using (var before = await RuntimeFixture.StartAsync(silo => silo.UseFileReminderService(path)))
            {
                await before.Grains.GetGrain<IReminderGrain>("a").RemindAsync("tick", 3 * Minute, 5 * Minute).Soon();
            }

            await using var after = await RuntimeFixture.StartAsync(silo => silo.UseFileReminderService(path));
            await after.Time.TimerSet(3 * Minute);
            after.Time.Advance(3 * Minute);
            await after.Probe.Seen("tick");
            Assert.Equal(["tick"], await after.Grains.GetGrain<IReminderGrain>("a").NamesAsync().Soon());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Ticks_that_were_missed_while_no_silo_ran_are_lost_and_the_period_goes_on()
    {
        var path = Path.GetTempFileName();
        try
        {
            var missed = new ManualTime().GetUtcNow() - (23 * Minute);
            await File.WriteAllTextAsync(
                path,
                $$"""[{"Grain":"reminder/a","Name":"tick","StartAt":"{{missed:O}}","Period":"00:10:00"}]""",
                TestContext.Current.CancellationToken);
            await using var runtime = await RuntimeFixture.StartAsync(silo => silo.UseFileReminderService(path));
            await runtime.Time.TimerSet(7 * Minute);
            Assert.Empty(runtime.Probe.Log);
            runtime.Time.Advance(7 * Minute);
            await runtime.Probe.Seen("tick");
            Assert.Equal(["tick"], runtime.Probe.Log);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_reminder_whose_grain_fails_comes_again_after_its_period()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        await runtime.Grains.GetGrain<IReminderGrain>("a").RemindAsync("fails", Minute, 2 * Minute).Soon();
        await runtime.Time.TimerSet(Minute);
        runtime.Time.Advance(Minute);
        await runtime.Probe.Seen("fails");
        await runtime.Time.TimerSet(2 * Minute);
        runtime.Time.Advance(2 * Minute);
        await runtime.Probe.Seen("fails");
    }
#endif
}
