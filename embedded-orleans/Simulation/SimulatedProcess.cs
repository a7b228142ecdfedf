namespace Orleans.Embedded;

/// <summary>A process of a simulation: its turns and timers run until it is killed, and nothing of it ever after.</summary>
public sealed class SimulatedProcess : ITurnScheduler
{
    private readonly Simulation _simulation;

    internal SimulatedProcess(Simulation simulation)
    {
        _simulation = simulation;
        Time = new VirtualTime(simulation, this);
    }

    /// <summary>The simulation's clock, with timers that end with the process.</summary>
    public TimeProvider Time { get; }

    public bool IsAlive { get; private set; } = true;

    public int TurnsPerSlice => 1;

    public bool IsSingleThreaded => true;

    public void Schedule(IThreadPoolWorkItem activation) => _simulation.Add(this, activation.Execute);

    /// <summary>From now on nothing of it runs: no turn is finished, no timer fires, no caller is answered.</summary>
    public void Kill() => IsAlive = false;
}
