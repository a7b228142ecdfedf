#if !ORLEANS
using System.Globalization;
using Orleans.Embedded;
using OrleansTrader.GrainInterfaces;

namespace OrleansTrader.Cluster.Tests.Simulation;

/// <summary>What outlives a crash, and the chance that everything which can go wrong draws from.</summary>
internal sealed class World
{
    private readonly List<string> _trace = [];
    private readonly int _stepsBetweenCrashes;

    /// <param name="stepsBetweenCrashes">On average.</param>
    public World(int seed, int stepsBetweenCrashes = 1_500)
    {
        _stepsBetweenCrashes = stepsBetweenCrashes;
        Simulation = new Orleans.Embedded.Simulation(seed) { AfterStep = CrashIfDue };
        Disk = new SimulatedDisk(this);
    }

    public Orleans.Embedded.Simulation Simulation { get; }

    public SimulatedDisk Disk { get; }

    public Random Random => Simulation.Random;

    public int Faults { get; private set; }

    public int Crashes { get; private set; }

    /// <summary>Nothing goes wrong any more, so that a run can come to its end.</summary>
    public bool IsCalm { get; set; }

    /// <summary>The first thing that must never be, or null.</summary>
    public string? Violation { get; private set; }

    public IReadOnlyList<string> Trace => _trace;

    public SimulatedProcess? Process { get; private set; }

    private TaskCompletionSource Crash { get; set; } = new();

    private bool IsPowerCut { get; set; }

    public SimulatedProcess StartProcess()
    {
        Crash = new TaskCompletionSource();
        Process = Simulation.StartProcess();
        Say("a process starts");
        return Process;
    }

    /// <summary>Completes when the task does, or when the process that it runs in is no more.</summary>
    public Task UntilCrashAsync(Task task) => Task.WhenAny(task, Crash.Task).Unwrap();

    public void Kill(string why)
    {
        if (Process is not { IsAlive: true }) return;
        Say(why);
        Process.Kill();
        Disk.LoseUnsynced();
        Crash.TrySetResult();
    }

    /// <summary>True once in so many times, unless the world is calm; counts as a fault.</summary>
    public bool Fails(int oneIn, string what)
    {
        if (IsCalm || Random.Next(oneIn) != 0) return false;
        Faults++;
        Say(what);
        return true;
    }

    public Task LagAsync() =>
        IsCalm || Random.Next(4) != 0 ? Task.CompletedTask : Task.Delay(TimeSpan.FromMilliseconds(Random.Next(1, 2_000)), Process!.Time);

    /// <summary>Asks for a step.</summary>
    public static async Task<StepOutcome> AskAsync(Func<Task<StepOutcome>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception error) when (error is TimeoutException or IOException)
        {
            // A slow disk can keep a grain busy for longer than a caller waits, and one that fails keeps a grain from coming up.
            return StepOutcome.Failed;
        }
    }

    /// <summary>Longer than a caller waits for a grain.</summary>
    public Task StallAsync() => Task.Delay(TimeSpan.FromSeconds(Random.Next(31, 120)), Process!.Time);

    /// <summary>The machine goes down when the turn is over; nothing that the turn still does reaches anything.</summary>
    public void CutPower() => IsPowerCut = true;

    public void Violate(string what)
    {
        Say($"VIOLATION: {what}");
        Violation ??= what;
    }

    public void Say(string what) =>
        _trace.Add(string.Create(CultureInfo.InvariantCulture, $"{Simulation.Now:HH:mm:ss.fff} {Simulation.Steps,6} {what}"));

    private void CrashIfDue()
    {
        if (!IsPowerCut && (IsCalm || Random.Next(_stepsBetweenCrashes) != 0)) return;
        IsPowerCut = false;
        if (Process is not { IsAlive: true }) return;
        Crashes++;
        Kill("CRASH");
    }
}
#endif
