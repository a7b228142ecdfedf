using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansTrader.Adapters.Journal;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Cluster.Tests.Trading;
using OrleansTrader.Core.Ports;
using OrleansTrader.Core.Risk;
using OrleansTrader.GrainInterfaces;
using OrleansTrader.Silo.Hosting;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Parity;

/// <summary>A disk that fills up or is taken away in mid-run, and a clock that goes backwards, through the whole account.</summary>
public sealed class DiskFailureTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trader-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("No space left on device")]
    [InlineData("Read-only file system")]
    public async Task A_disk_that_takes_nothing_more_stops_the_account_and_costs_nothing_that_was_acknowledged(string failure)
    {
        var run = new ParityRun(Tapes.Take(400));
        var memory = new ThrowAwayState();
        var disk = new FailingDisk(failure);
        using var journal = new FileJournal(new JournalOptions { Folder = _folder.FullName, SyncToDisk = false, SegmentBytes = 32 << 10 }, NullLogger<FileJournal>.Instance, disk);
        await using (var host = await run.StartAsync(memory, services => services.AddSingleton<IJournal>(new CopiedJournal(journal, memory.Journal))))
        {
            for (var round = 0; round < 5; round++)
            {
                await host.RunAsync(60);
                disk.IsFailing = true;
                Assert.Equal(ControlOutcome.Failed, await host.Portfolio.SetRunStateAsync(RunState.Paused));
                var problem = (await host.Portfolio.ViewAsync()).Problem;
                if (problem is not null) Assert.Contains(failure, problem, StringComparison.Ordinal);
                // What is there is read all the while.
                Assert.NotEmpty((await journal.FindAsync("replay", new JournalQuery { Limit = 1 }, TestContext.Current.CancellationToken)).Entries);
                for (var step = 0; step < 20; step++) await host.Strategy.StepAsync();
                disk.IsFailing = false;
                // An activation that has failed may still have to go; the next one works.
                for (var tries = 1; await host.Strategy.StepAsync() == StepOutcome.Failed; tries++) Assert.True(tries < 5, "the account does not come back");
            }

            while (await host.Strategy.StepAsync() != StepOutcome.Ended)
            {
                // A step that failed is tried again.
            }

            Assert.True(disk.Failures > 5, $"only {disk.Failures} failures");
            await run.AssertSameAsync(memory, host);
        }

        journal.Dispose();
        var inspection = new JournalInspection(_folder.FullName);
        var facts = inspection.Read("replay", TestContext.Current.CancellationToken).SelectMany(batch => batch.Facts).Count();
        Assert.Equal((await TradingHost.FactsAsync(memory.Journal)).Count, facts);
        Assert.True(inspection.Verify("replay", TestContext.Current.CancellationToken).Segments > 1);
    }

    [Fact]
    public async Task A_clock_that_goes_backwards_changes_no_trade()
    {
        var run = new ParityRun(Tapes.Take(400));
        var memory = new ThrowAwayState();
        await using var host = await run.StartAsync(memory, services => services.AddSingleton<TimeProvider>(new BackwardClock()));
        while (await host.Strategy.StepAsync() != StepOutcome.Ended)
        {
            // To its end.
        }

        await run.AssertSameAsync(memory, host);
    }

    [Fact]
    public void A_clock_that_was_set_back_is_told_once()
    {
        var clock = new SetClock();
        using var watch = new ClockWatch(clock, NullLogger<ClockWatch>.Instance);
        clock.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.Zero, watch.Look());
        clock.Pass(TimeSpan.FromSeconds(1), setBack: TimeSpan.FromHours(1));
        Assert.Equal(TimeSpan.FromHours(1), watch.Look());
        clock.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.Zero, watch.Look());
        clock.Pass(TimeSpan.FromSeconds(1), setBack: TimeSpan.FromMilliseconds(20));
        Assert.Equal(TimeSpan.Zero, watch.Look());
    }

    /// <summary>Half of a write arrives, and then the disk is full.</summary>
    private sealed class FailingDisk(string failure) : Disk
    {
        public bool IsFailing { get; set; }

        public int Failures { get; private set; }

        public override AppendFile Open(string path) => new FailingFile(this, path);

        private sealed class FailingFile(FailingDisk disk, string path) : AppendFile(path)
        {
            public override void Write(ReadOnlySpan<byte> bytes, long position)
            {
                base.Write(disk.IsFailing ? bytes[..(bytes.Length / 2)] : bytes, position);
                if (!disk.IsFailing) return;
                disk.Failures++;
                throw new IOException(disk.Message);
            }
        }

        private string Message => failure;
    }

    /// <summary>Writes to a second journal what the first has taken, for who compares.</summary>
    private sealed class CopiedJournal(IJournal journal, IJournal copy) : IJournal
    {
        public async ValueTask AppendAsync(string account, JournalBatch batch, CancellationToken cancellation)
        {
            await journal.AppendAsync(account, batch, cancellation);
            await copy.AppendAsync(account, batch, cancellation);
        }

        public IAsyncEnumerable<JournalBatch> ReadAsync(string account, long fromSequence, CancellationToken cancellation) => journal.ReadAsync(account, fromSequence, cancellation);
    }

    /// <summary>An hour back with every tenth look.</summary>
    private sealed class BackwardClock : TimeProvider
    {
        private int _looks;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - TimeSpan.FromHours(Interlocked.Increment(ref _looks) / 10);
    }

    private sealed class SetClock : TimeProvider
    {
        private DateTimeOffset _now = DateTimeOffset.UnixEpoch.AddYears(54);
        private long _timestamp;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass(TimeSpan time, TimeSpan setBack = default) => (_now, _timestamp) = (_now + time - setBack, _timestamp + time.Ticks);

        public override DateTimeOffset GetUtcNow() => _now;

        public override long GetTimestamp() => _timestamp;
    }
}
