using System.Collections.Immutable;

namespace Orleans.Runtime;

/// <summary>A call on its way to its target and its answer on the way back.</summary>
internal abstract class Message(GrainReference reference, MessageTarget? caller, object?[] arguments) : Request
{
    public GrainId TargetId => reference.GrainId;

    /// <summary>Who called; null for code outside of grains and observers.</summary>
    public GrainId? Source => caller?.GrainId;

    public object?[] Arguments { get; } = arguments;

    public ImmutableDictionary<string, object>? RequestContext { get; init; }

    public MessageTarget? Target { get; set; }

    /// <summary>How many activations ended before they came to it.</summary>
    public int Forwards { get; set; }

    /// <summary>The limit of its method on the time to the answer; null for that of the silo.</summary>
    public abstract TimeSpan? ResponseTimeout { get; }

    public override Guid ReentrancyId => Runtime.RequestContext.ReentrancyIdIn(RequestContext);

    /// <summary>The list of calls that wait for an answer which it is in, since when, and its neighbours there.</summary>
    public CallList? Waiting { get; set; }

    public long SentAt { get; set; }

    public Message? Older { get; set; }

    public Message? Newer { get; set; }

    public override bool KeepsAlive => true;

    /// <summary>The caller has its answer, be it a timeout: a call that did not start by then never will.</summary>
    public abstract bool IsAnswered { get; }

    /// <summary>Answers with an error; the first answer counts.</summary>
    public abstract void Fail(Exception error);

    /// <summary>Frees the caller, who gave up, and tells the callee.</summary>
    public abstract void Cancel(CancellationToken callerToken);

    /// <summary>Signals the token that the called method holds, as a turn of the callee.</summary>
    public abstract void CancelCallee();
}
