namespace Orleans.Runtime;

/// <summary>An ordinary object that grains call; its calls run one at a time, in order.</summary>
internal sealed class ObserverTarget : MessageTarget
{
    public static readonly GrainType GrainType = GrainType.Create("sys.observer");

    public ObserverTarget(GrainId id, object observer, Silo silo)
        : base(id, reentrant: false, silo.Turns, silo.Time)
    {
        Instance = observer;
        Requests.Open();
    }

    public override object Instance { get; }

    public override ValueTask<TResult> InvokeAsync<TResult>(InterfaceMethod<TResult> method, object?[] arguments, GrainId? source) =>
        method.InvokeAsync(Instance, arguments);
}
