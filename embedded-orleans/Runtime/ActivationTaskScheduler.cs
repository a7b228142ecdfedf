using Orleans.Embedded;

namespace Orleans.Runtime;

/// <summary>
/// Runs the turns of one activation, one after the other and in order. It is the current task scheduler while they run, so
/// what they await continues here.
/// </summary>
internal sealed class ActivationTaskScheduler(ITurnScheduler turns, MessageTarget? target) : TaskScheduler, IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private readonly Queue<object> _turns = new();
    private bool _scheduled;
    private Task? _slice;

    /// <summary>Where the calling code runs; null outside of grains and observers.</summary>
    public static MessageTarget? CurrentTarget => (Current as ActivationTaskScheduler)?.Target;

    public static Activation? CurrentActivation => CurrentTarget as Activation;

    /// <summary>Null for the runtime's own work, such as reminders.</summary>
    public MessageTarget? Target { get; } = target;

    public override int MaximumConcurrencyLevel => 1;

    public void Queue(ITurn turn) => Append(turn);

    public void Queue(Action turn) => Append(turn);

    public void Execute()
    {
        // Turns run inside of a task because that is what makes this scheduler the current one.
        _slice = new Task(static self => ((ActivationTaskScheduler)self!).RunSlice(), this, CancellationToken.None, TaskCreationOptions.DenyChildAttach);
        _slice.RunSynchronously(this);
    }

    protected override void QueueTask(Task task) => Append(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        (ReferenceEquals(task, _slice) || (!taskWasPreviouslyQueued && ReferenceEquals(Current, this))) && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_gate) return [.. _turns.OfType<Task>()];
    }

    private void Append(object turn)
    {
        lock (_gate)
        {
            _turns.Enqueue(turn);
            if (_scheduled) return;
            _scheduled = true;
        }

        turns.Schedule(this);
    }

    private void RunSlice()
    {
        for (var left = turns.TurnsPerSlice; left > 0; left--)
        {
            object? turn;
            lock (_gate)
            {
                if (!_turns.TryDequeue(out turn))
                {
                    _scheduled = false;
                    return;
                }
            }

            Run(turn);
        }

        lock (_gate)
        {
            if (_turns.Count == 0)
            {
                _scheduled = false;
                return;
            }
        }

        turns.Schedule(this);
    }

    private void Run(object turn)
    {
        switch (turn)
        {
            case ITurn request:
                request.Execute();
                break;
            case Task task:
                TryExecuteTask(task);
                break;
            case Action action:
                action();
                break;
        }
    }
}
