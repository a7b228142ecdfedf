using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Embedded;

namespace Orleans.Runtime;

/// <summary>The parts of the runtime and its state between start and stop.</summary>
internal sealed class Silo
{
    private volatile Phase _phase;
    private ITimer? _collector;

    public Silo(
        IServiceProvider services,
        ITurnScheduler turns,
        TimeProvider time,
        IOptions<GrainClassOptions> classes,
        IOptions<GrainCollectionOptions> collection,
        IOptions<SiloMessagingOptions> messaging,
        IOptions<EmbeddedSerializerOptions> serializer,
        IEnumerable<IIncomingGrainCallFilter> incomingFilters,
        IEnumerable<IOutgoingGrainCallFilter> outgoingFilters,
        ILoggerFactory loggers)
    {
        Services = services;
        Turns = turns;
        Time = time;
        Collection = collection.Value;
        IncomingFilters = [.. incomingFilters];
        OutgoingFilters = [.. outgoingFilters];
        Logger = loggers.CreateLogger("Orleans");
        Classes = new GrainClasses(classes.Value, collection.Value);
        References = new GrainReferences(this);
        Catalog = new Catalog(this);
        Messages = new MessageCenter(this, messaging.Value, serializer.Value.CopyMessages ? new MessageCopier(serializer.Value.Json, References) : null);
    }

    private enum Phase
    {
        Created,
        Running,
        Stopping,
        Stopped,
    }

    public IServiceProvider Services { get; }

    public ITurnScheduler Turns { get; }

    public TimeProvider Time { get; }

    /// <summary>How whoever waits for something of this silo continues.</summary>
    public TaskCreationOptions ContinuationOptions => Turns.IsSingleThreaded ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously;

    public GrainCollectionOptions Collection { get; }

    public IIncomingGrainCallFilter[] IncomingFilters { get; }

    public IOutgoingGrainCallFilter[] OutgoingFilters { get; }

    public ILogger Logger { get; }

    public GrainClasses Classes { get; }

    public GrainReferences References { get; }

    public Catalog Catalog { get; }

    public MessageCenter Messages { get; }

    public void Start()
    {
        _phase = Phase.Running;
        var quantum = Collection.CollectionQuantum;
        _collector = Time.CreateTimer(static catalog => ((Catalog)catalog!).CollectIdle(), Catalog, quantum, quantum);
    }

    /// <summary>Lets running requests finish and deactivates everything, within the deactivation timeout or until the token gives up.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_phase != Phase.Running) return;
        _phase = Phase.Stopping;
        if (_collector is not null) await _collector.DisposeAsync();
        using var limit = new CancellationTokenSource(Collection.DeactivationTimeout, Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await Catalog.DeactivateAllAsync(both.Token);
        _phase = Phase.Stopped;
        Messages.FailOutstanding(Unavailable("has stopped"));
    }

    /// <summary>While stopping, grains may still call each other to say goodbye; nobody else may call.</summary>
    public bool RefusesCalls([NotNullWhen(true)] out Exception? error)
    {
        error = _phase switch
        {
            Phase.Running => null,
            Phase.Created => Unavailable("has not started"),
            Phase.Stopping when ActivationTaskScheduler.CurrentTarget is not null => null,
            Phase.Stopping => Unavailable("is stopping"),
            _ => Unavailable("has stopped"),
        };
        return error is not null;
    }

    public void ThrowIfActivationsAreRefused(GrainId id)
    {
        if (_phase != Phase.Running) throw new SiloUnavailableException($"The silo is stopping and does not activate {id} any more.");
    }

    private static SiloUnavailableException Unavailable(string why) =>
        new($"The silo {why}. Grains can be called from the start of the host until its stop.");
}
