namespace OrleansTrader.Adapters.Binance.Limits;

/// <summary>
/// Lets requests through as the budget has room: of those that wait, the higher rank first, and within a rank the first come. One that
/// waits for another limit than those before it, such as for orders, does not hold the rest up.
/// </summary>
/// <remarks>One for each address from which requests leave. May be used by several threads at once.</remarks>
public sealed class RateGate : IDisposable
{
    private readonly Lock _gate = new();
    private readonly RateBudget _budget;
    private readonly LinkedList<Waiter>[] _waiting;
    private readonly ITimer _timer;
    private int _count;
    private bool _isDisposed;

    public RateGate(RateLimitOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        _budget = new RateBudget(options, clock);
        _waiting = [.. Enum.GetValues<RequestRank>().Select(_ => new LinkedList<Waiter>())];
        _timer = clock.CreateTimer(static gate => ((RateGate)gate!).Pump(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc cref="RateBudget.Standstill"/>
    public Standstill? Standstill
    {
        get
        {
            lock (_gate) return _budget.Standstill;
        }
    }

    /// <summary>How many requests wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate) return _count;
        }
    }

    /// <summary>Waits until the request may be sent; it must be sent at once then, and settled.</summary>
    /// <exception cref="OperationCanceledException">It was not let through before the caller gave up; it took nothing.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The request takes more than a limit has.</exception>
    public ValueTask<RateTicket> EnterAsync(RequestCost cost, RequestRank rank, CancellationToken cancellation = default)
    {
        Waiter waiter;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (!_budget.Fits(in cost)) throw TooDear(cost);
            cancellation.ThrowIfCancellationRequested();
            if (_count == 0 && _budget.TryTake(in cost, rank, out _)) return ValueTask.FromResult(new RateTicket(this, cost));
            waiter = new Waiter(cost, rank);
            waiter.Place = _waiting[(int)rank].AddLast(waiter);
            _count++;
        }

        Pump();
        return new ValueTask<RateTicket>(WaitAsync(waiter, cancellation));
    }

    /// <inheritdoc cref="RateBudget.Adopt(ReadOnlySpan{RateLimit})"/>
    public void Adopt(ReadOnlySpan<RateLimit> limits)
    {
        lock (_gate) _budget.Adopt(limits);
        Pump();
    }

    /// <inheritdoc cref="RateBudget.Observe"/>
    public void Observe(RateLimitKind kind, TimeSpan length, int used, string account)
    {
        lock (_gate) _budget.Observe(kind, length, used, account);
    }

    /// <inheritdoc cref="RateBudget.Stop"/>
    public void Stop(StandstillReason reason, TimeSpan? length)
    {
        lock (_gate) _budget.Stop(reason, length);
    }

    /// <inheritdoc cref="RateBudget.StopOrders"/>
    public void StopOrders(string account, TimeSpan? length)
    {
        lock (_gate) _budget.StopOrders(account, length);
    }

    /// <summary>Sends away all that wait.</summary>
    public void Dispose()
    {
        List<Waiter> left = [];
        lock (_gate)
        {
            _isDisposed = true;
            foreach (var rank in _waiting)
            {
                left.AddRange(rank);
                rank.Clear();
            }

            _count = 0;
        }

        _timer.Dispose();
        foreach (var waiter in left) waiter.Outcome.TrySetCanceled();
    }

    internal void Settle(in RequestCost cost, RequestEnd end)
    {
        lock (_gate) _budget.Settle(in cost, end);
        Pump();
    }

    private async Task<RateTicket> WaitAsync(Waiter waiter, CancellationToken cancellation)
    {
        await using var giveUp = cancellation.UnsafeRegister(
            static (state, token) =>
            {
                var (gate, waiter) = ((RateGate, Waiter))state!;
                gate.Leave(waiter, token);
            },
            (this, waiter));
        return await waiter.Outcome.Task;
    }

    private void Leave(Waiter waiter, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (waiter.Place.List is null) return;
            Remove(waiter);
        }

        waiter.Outcome.TrySetCanceled(cancellation);
        Pump();
    }

    private void Pump()
    {
        lock (_gate)
        {
            if (_count == 0 || _isDisposed) return;
            var soonest = TimeSpan.MaxValue;
            _budget.BeginRound();
            foreach (var rank in _waiting)
            {
                for (var place = rank.First; place is not null;)
                {
                    var waiter = place.Value;
                    place = place.Next;
                    if (!_budget.Fits(in waiter.Cost))
                    {
                        Remove(waiter);
                        waiter.Outcome.TrySetException(TooDear(waiter.Cost));
                    }
                    else if (_budget.IsBehind(in waiter.Cost))
                    {
                        // Its turn comes when that of the higher rank has come.
                    }
                    else if (_budget.TryTake(in waiter.Cost, waiter.Rank, out var wait))
                    {
                        Remove(waiter);
                        waiter.Outcome.TrySetResult(new RateTicket(this, waiter.Cost));
                    }
                    else
                    {
                        _budget.Await(in waiter.Cost, waiter.Rank);
                        if (wait < soonest) soonest = wait;
                    }
                }
            }

            if (_count > 0 && soonest < TimeSpan.MaxValue) _timer.Change(AtLeastOneMillisecond(soonest), Timeout.InfiniteTimeSpan);
        }
    }

    private void Remove(Waiter waiter)
    {
        _waiting[(int)waiter.Rank].Remove(waiter.Place);
        _count--;
    }

    // A timer counts in whole milliseconds; one that rings too early would ring again and again.
    private static TimeSpan AtLeastOneMillisecond(TimeSpan wait) => TimeSpan.FromMilliseconds(Math.Min(Math.Ceiling(wait.TotalMilliseconds), int.MaxValue));

    private static ArgumentOutOfRangeException TooDear(RequestCost cost) =>
        new(nameof(cost), cost, "The request takes more than the exchange allows at all.");

    private sealed class Waiter(RequestCost cost, RequestRank rank)
    {
        private readonly RequestCost _cost = cost;

        public ref readonly RequestCost Cost => ref _cost;

        public RequestRank Rank { get; } = rank;

        public LinkedListNode<Waiter> Place { get; set; } = null!;

        public TaskCompletionSource<RateTicket> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
