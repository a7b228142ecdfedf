using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Embedded;
using Orleans.Hosting;

namespace OrleansTrader.Bench.Calls;

/// <summary>What a call of a grain costs beside an actor on a channel, and what a hundred thousand activations weigh. It fails when a target is missed.</summary>
internal static class CallSpeed
{
    private const int Rounds = 12;
    private const int Sequential = 100_000;
    private const int Callers = 64;
    private const int CallsOfEach = 5_000;
    private const int Activations = 100_000;

    public static async Task<int> RunAsync()
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo => silo.Configure<GrainClassOptions>(options => options.Assemblies.Add(typeof(CounterGrain).Assembly)));
        using var host = builder.Build();
        await host.StartAsync();
        var grains = host.Services.GetRequiredService<IGrainFactory>();

        ICounterGrain[] counters = [.. Enumerable.Range(0, Callers).Select(key => grains.GetGrain<ICounterGrain>(key))];
        ChannelActor[] actors = [.. Enumerable.Range(0, Callers).Select(_ => new ChannelActor())];
        var call = Best();
        var inside = Best();
        var channel = Best();
        var calls = Best();
        var channels = Best();
        for (var round = -2; round < Rounds; round++)
        {
            var first = round < 0;
            call = Better(call, first, await MeasureAsync(Sequential, () => OneByOneAsync(counters[0])));
            inside = Better(inside, first, await MeasureAsync(Sequential, () => counters[0].AddToAsync(counters[1], Sequential)));
            channel = Better(channel, first, await MeasureAsync(Sequential, () => OneByOneAsync(actors[0])));
            calls = Better(calls, first, await MeasureAsync(Callers * CallsOfEach, () => Task.WhenAll(counters.Select(counter => Task.Run(() => ManyAsync(counter))))));
            channels = Better(channels, first, await MeasureAsync(Callers * CallsOfEach, () => Task.WhenAll(actors.Select(actor => Task.Run(() => ManyAsync(actor))))));
        }

        foreach (var actor in actors) actor.Stop();
        var megabytes = await MegabytesOfAsync(grains);

        Say($"best of {Rounds} rounds, interleaved; {Environment.ProcessorCount} processors, .NET {Environment.Version}");
        Say($"{"",-44}{"us/call",10}{"calls/s",14}{"B/call",10}");
        Row("a grain, one call after the other", call);
        Row("a grain called by a grain, likewise", inside);
        Row("an actor on a channel, likewise", channel);
        Row($"{Callers} grains, {Callers} callers at once", calls);
        Row($"{Callers} actors on channels, likewise", channels);
        Say($"{Activations} activations: {megabytes:0} MB");
        var missed = CallTargets.Missed(call, inside, calls, megabytes);
        foreach (var line in missed) Say($"MISSED: {line}");
        if (missed.Count == 0) Say($"all targets reached");
        await host.StopAsync();
        return missed.Count == 0 ? 0 : 1;

        static void Row(string name, CallFigures figures) => Say($"{name,-44}{figures.Microseconds,10:0.00}{figures.Rate,14:0}{figures.Bytes,10:0}");
    }

    private static CallFigures Best() => new(double.PositiveInfinity, double.PositiveInfinity);

    /// <summary>Others on the machine only ever slow a round down.</summary>
    private static CallFigures Better(CallFigures best, bool warmsUp, CallFigures now) =>
        warmsUp ? best : new(Math.Min(best.Microseconds, now.Microseconds), Math.Min(best.Bytes, now.Bytes));

    private static async Task<CallFigures> MeasureAsync(int calls, Func<Task> run)
    {
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var start = Stopwatch.GetTimestamp();
        await run();
        var time = Stopwatch.GetElapsedTime(start);
        return new(time.TotalMicroseconds / calls, (double)(GC.GetTotalAllocatedBytes(precise: true) - bytes) / calls);
    }

    private static async Task OneByOneAsync(ICounterGrain counter)
    {
        for (var i = 0; i < Sequential; i++) await counter.AddAsync(1);
    }

    private static async Task OneByOneAsync(ChannelActor actor)
    {
        for (var i = 0; i < Sequential; i++) await actor.AddAsync(1);
    }

    private static async Task ManyAsync(ICounterGrain counter)
    {
        for (var i = 0; i < CallsOfEach; i++) await counter.AddAsync(1);
    }

    private static async Task ManyAsync(ChannelActor actor)
    {
        for (var i = 0; i < CallsOfEach; i++) await actor.AddAsync(1);
    }

    /// <summary>What the process grows by, references included.</summary>
    private static async Task<double> MegabytesOfAsync(IGrainFactory grains)
    {
        var before = Used();
        var references = new ICounterGrain[Activations];
        for (var i = 0; i < references.Length; i++)
        {
            references[i] = grains.GetGrain<ICounterGrain>(1_000_000 + i);
            await references[i].AddAsync(1);
        }

        var after = Used();
        GC.KeepAlive(references);
        return after - before;
    }

    private static double Used()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        return Math.Max(GC.GetTotalMemory(forceFullCollection: true), Environment.WorkingSet) / 1e6;
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
