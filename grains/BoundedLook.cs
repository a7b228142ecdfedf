using OrleansTrader.Core.Indicators;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Grains;

/// <summary>
/// A strategy whose look at its position may take only so long: it runs in the turn of its account, which would otherwise wait for it with
/// everything, the kill switch included. What does not come back is asked no more until it does.
/// </summary>
internal sealed class BoundedLook(IPositionStrategy inner, TimeSpan longest) : IPositionStrategy
{
    private Task? _late;

    public string Name => inner.Name;

    public string Model => inner.Model;

    public bool IsUnprotected => inner.IsUnprotected;

    public void Prepare(IndicatorSet indicators) => inner.Prepare(indicators);

    public void Evaluate(ReadOnlySpan<Candle> candles, Span<Signal> signals, VoteSheet? votes) => inner.Evaluate(candles, signals, votes);

    public void Visit(StateVisitor state) => inner.Visit(state);

    /// <exception cref="TimeoutException">It took too long, now or before.</exception>
    public Signal Reconsider(in Signal signal, in Standing standing, VoteSheet? votes)
    {
        if (_late is { IsCompleted: false }) throw Late();
        // A sheet of its own: a look that comes back too late must not write on what is no longer its own.
        var own = votes is null ? null : new VoteSheet();
        var look = new Look(inner, signal, standing, own);
        look.Begin();
        if (Task.WaitAny([look.Answer], longest) < 0)
        {
            _late = look.Answer;
            throw Late();
        }

        var changed = look.Answer.GetAwaiter().GetResult();
        if (own is not null)
            foreach (ref readonly var vote in own.Votes) votes!.Add(vote);
        return changed;
    }

    private TimeoutException Late() => new(FormattableString.Invariant($"Strategy {Name} has taken longer than {longest.TotalSeconds:0.##} s to look at its position."));

    /// <summary>One question, asked on a thread of the service, or on one of its own where those are busy: that is not the strategy's time.</summary>
    private sealed class Look(IPositionStrategy strategy, Signal signal, Standing standing, VoteSheet? votes)
    {
        private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(20);

        private readonly TaskCompletionSource<Signal> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _begun;

        public Task<Signal> Answer => _answer.Task;

        public void Begin()
        {
            ThreadPool.UnsafeQueueUserWorkItem(static look => look.Ask(), this, preferLocal: false);
            if (Task.WaitAny([Answer], Soon) < 0 && Volatile.Read(ref _begun) == 0) new Thread(Ask) { IsBackground = true, Name = "look of a strategy" }.UnsafeStart();
        }

        private void Ask()
        {
            if (Interlocked.Exchange(ref _begun, 1) != 0) return;
            try
            {
                _answer.SetResult(strategy.Reconsider(in signal, in standing, votes));
            }
            catch (Exception failed)
            {
                _answer.SetException(failed);
            }
        }
    }
}
