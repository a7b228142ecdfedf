namespace Orleans.Embedded;

/// <summary>
/// Runs silos on the calling thread in virtual time. Everything that could happen in another order on a real machine is drawn
/// from one seed: which activation runs next, how long a turn waits, which timer is first among equals. The same seed runs the
/// same turns; nothing waits for real time.
/// </summary>
/// <remarks>Code under simulation must stay on its activation's scheduler: what escapes to the thread pool fails the run.</remarks>
public sealed class Simulation
{
    /// <summary>Of so many turns one is held up, and others overtake it.</summary>
    private const int DelayedTurns = 8;

    private static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan TurnTime = TimeSpan.FromTicks(100);

    private readonly List<(SimulatedProcess? Process, Action Run)> _ready = [];
    private readonly PriorityQueue<(SimulatedProcess? Process, Action Run), (long Due, long Order)> _later = new();
    private readonly MainContext _context;
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private long _order;
    private string? _escape;

    public Simulation(int seed)
    {
        Random = new Random(seed);
        _context = new MainContext(this);
    }

    /// <summary>The one source of chance. Whoever takes part in the simulation draws from it too.</summary>
    public Random Random { get; }

    /// <summary>UTC.</summary>
    public DateTimeOffset Now { get; private set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Turns and timers that have run.</summary>
    public long Steps { get; private set; }

    /// <summary>Called after each step; what it throws ends the run.</summary>
    public Action? AfterStep { get; set; }

    /// <summary>A machine to run a silo on, until it is killed.</summary>
    public SimulatedProcess StartProcess() => new(this);

    /// <summary>Runs until the task has ended.</summary>
    /// <param name="maxSteps">More steps than any sound run needs.</param>
    /// <exception cref="InvalidOperationException">Nothing is left that could run, the run does not come to its end, or code left the simulation's thread.</exception>
    public void Run(Func<Task> main, long maxSteps)
    {
        var outside = SynchronizationContext.Current;
        try
        {
            SynchronizationContext.SetSynchronizationContext(_context);
            var task = main();
            while (!task.IsCompleted)
            {
                if (_escape is not null) throw new InvalidOperationException($"Code left the thread of the simulation: {_escape}");
                if (Steps >= maxSteps) throw new InvalidOperationException($"The run has not come to its end after {maxSteps} steps.");
                if (!RunNext()) throw new InvalidOperationException("Nothing is left that could run, and the run has not come to its end.");
                AfterStep?.Invoke();
            }

            task.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outside);
        }
    }

    internal void Add(SimulatedProcess? process, Action run)
    {
        if (IsElsewhere()) return;
        if (Random.Next(DelayedTurns) == 0) AddLater(process, TimeSpan.FromTicks(Random.NextInt64(LongestDelay.Ticks)), run);
        else _ready.Add((process, run));
    }

    internal void AddLater(SimulatedProcess? process, TimeSpan due, Action run)
    {
        if (!IsElsewhere()) _later.Enqueue((process, run), ((Now + due).Ticks, (Random.NextInt64(1 << 20) << 40) + _order++));
    }

    private bool RunNext()
    {
        while (true)
        {
            (SimulatedProcess? Process, Action Run) next;
            if (_ready.Count > 0)
            {
                var index = Random.Next(_ready.Count);
                next = _ready[index];
                _ready.RemoveAt(index);
            }
            else if (_later.TryDequeue(out next, out var when))
            {
                if (when.Due > Now.Ticks) Now = new DateTimeOffset(when.Due, TimeSpan.Zero);
            }
            else
            {
                return false;
            }

            if (next.Process is { IsAlive: false }) continue;
            Now += TurnTime;
            Steps++;
            SynchronizationContext.SetSynchronizationContext(next.Process is null ? _context : null);
            next.Run();
            return true;
        }
    }

    private bool IsElsewhere()
    {
        if (Environment.CurrentManagedThreadId == _thread) return false;
        _escape ??= Environment.StackTrace;
        return true;
    }

    /// <summary>Brings what the simulation's user awaits back to its thread.</summary>
    private sealed class MainContext(Simulation simulation) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => simulation.Add(process: null, () => d(state));

        public override void Send(SendOrPostCallback d, object? state) => d(state);
    }
}
