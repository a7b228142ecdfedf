using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Strategies;
using OrleansTrader.Grains;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Trading;

/// <summary>What an owner's strategy does when it looks at its position holds its account up for a moment at most.</summary>
public class BoundedLookTests
{
    private static readonly Signal Verdict = new(Direction.Long, 0.9, 90, 120);

    [Fact]
    public void What_comes_back_in_time_is_answered_with_its_reasons()
    {
        var votes = new VoteSheet();
        var look = new BoundedLook(new Looking((signal, sheet) =>
        {
            sheet?.Add(new Vote(VoteKind.BarsHeld, 1, 2, 3));
            return signal with { Direction = Direction.Flat };
        }), TimeSpan.FromMinutes(1));
        Assert.Equal(Direction.Flat, look.Reconsider(Verdict, default, votes).Direction);
        Assert.Equal(new Vote(VoteKind.BarsHeld, 1, 2, 3), Assert.Single(votes.Votes.ToArray()));
    }

    [Fact]
    public void What_it_throws_is_thrown_as_it_is()
    {
        var look = new BoundedLook(new Looking((_, _) => throw new InvalidOperationException("Mended tomorrow.")), TimeSpan.FromMinutes(1));
        Assert.Equal("Mended tomorrow.", Assert.Throws<InvalidOperationException>(() => look.Reconsider(Verdict, default, votes: null)).Message);
    }

    [Fact]
    public void What_does_not_come_back_is_given_up_and_not_asked_again_until_it_does()
    {
        using var ends = new ManualResetEventSlim();
        using var ended = new ManualResetEventSlim();
        var calls = 0;
        var look = new BoundedLook(new Looking((signal, _) =>
        {
            if (Interlocked.Increment(ref calls) == 1)
            {
                ends.Wait();
                ended.Set();
            }

            return signal;
        }), TimeSpan.FromMilliseconds(50));
        Assert.Equal("Strategy looking has taken longer than 0.05 s to look at its position.", Assert.Throws<TimeoutException>(() => look.Reconsider(Verdict, default, votes: null)).Message);
        Assert.Throws<TimeoutException>(() => look.Reconsider(Verdict, default, votes: null));
        Assert.Equal(1, calls);

        ends.Set();
        ended.Wait(TestContext.Current.CancellationToken);
        Assert.True(SpinWait.SpinUntil(() => Answers(look), TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task A_service_whose_threads_are_all_busy_is_not_the_strategys_fault()
    {
        using var ends = new ManualResetEventSlim();
        // Fairly, so that they are all before the look.
        var busy = Enumerable.Range(0, 200).Select(_ => Task.Factory.StartNew(ends.Wait, CancellationToken.None, TaskCreationOptions.PreferFairness, TaskScheduler.Default)).ToArray();
        try
        {
            var look = new BoundedLook(new Looking((signal, _) => signal with { Direction = Direction.Flat }), TimeSpan.FromSeconds(10));
            Assert.Equal(Direction.Flat, look.Reconsider(Verdict, default, votes: null).Direction);
        }
        finally
        {
            ends.Set();
            await Task.WhenAll(busy);
        }
    }

    private static bool Answers(BoundedLook look)
    {
        try
        {
            return look.Reconsider(Verdict, default, votes: null).Direction == Direction.Long;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private sealed class Looking(Func<Signal, VoteSheet?, Signal> answer) : BarStrategy, IPositionStrategy
    {
        public override string Name => "looking";

        public Signal Reconsider(in Signal signal, in Standing standing, VoteSheet? votes) => answer(signal, votes);

        protected override void Prepare(IndicatorSet indicators)
        {
        }

        protected override Signal Evaluate(in Candle candle, VoteSheet? votes) => Signal.Hold;
    }
}
