using Orleans.Embedded;

namespace Orleans.Runtime;

/// <summary>What messages are delivered to: a grain's activation or an observer.</summary>
internal abstract class MessageTarget : IRecipient
{
    protected MessageTarget(GrainId id, bool reentrant, ITurnScheduler turns, TimeProvider time)
    {
        GrainId = id;
        Scheduler = new ActivationTaskScheduler(turns, this);
        Requests = new RequestQueue(Scheduler, reentrant, time);
    }

    public GrainId GrainId { get; }

    public ActivationTaskScheduler Scheduler { get; }

    /// <summary>The object that is called.</summary>
    public abstract object Instance { get; }

    protected RequestQueue Requests { get; }

    public bool TryReceive(Message message)
    {
        message.Target = this;
        return Requests.TryEnqueue(message);
    }

    public bool TryEnqueue(Request request) => Requests.TryEnqueue(request);

    public void Completed(Request request) => Requests.Completed(request);

    /// <summary>Calls the method, through the call filters if there are any.</summary>
    public abstract ValueTask<TResult> InvokeAsync<TResult>(InterfaceMethod<TResult> method, object?[] arguments, GrainId? source);
}
