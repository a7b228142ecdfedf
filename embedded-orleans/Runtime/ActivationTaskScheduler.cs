using System.Diagnostics.CodeAnalysis;
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
    private object? _first;
    private int _left;

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
        // Tasks that were queued here make this scheduler the current one by themselves; other turns need a task around them.
        for (var left = turns.TurnsPerSlice; left > 0; left--)
        {
            if (!TryTake(out var turn)) return;
            if (turn is Task task)
            {
                TryExecuteTask(task);
                continue;
            }

            (_first, _left) = (turn, left);
            _slice = new Task(static self => ((ActivationTaskScheduler)self!).RunSlice(), this, CancellationToken.None, TaskCreationOptions.DenyChildAttach);
            _slice.RunSynchronously(this);
            return;
        }

        ScheduleRest();
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
        var turn = _first;
        _first = null;
        for (var left = _left; turn is not null; TryTake(out turn))
        {
            Run(turn);
            if (--left > 0) continue;
            ScheduleRest();
            return;
        }
    }

    /// <summary>False when nothing is left to do, and the next turn must schedule the activation again.</summary>
    private bool TryTake([NotNullWhen(true)] out object? turn)
    {
        lock (_gate) return _scheduled = _turns.TryDequeue(out turn);
    }

    private void ScheduleRest()
    {
        lock (_gate)
        {
            _scheduled = _turns.Count > 0;
            if (!_scheduled) return;
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
