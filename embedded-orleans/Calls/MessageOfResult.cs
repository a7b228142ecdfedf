namespace Orleans.Runtime;

/// <summary>A call with its type of result.</summary>
internal sealed class Message<TResult>(
    MessageCenter center, GrainReference reference, MessageTarget? caller, InterfaceMethod<TResult> method, object?[] arguments)
    : Message(reference, caller, arguments)
{
    // The caller continues on its own scheduler, never inside the turn that answers.
    private readonly TaskCompletionSource<TResult>? _answer =
        method.OneWay ? null : new(center.AnswerOptions);

    private CallCancellation? _cancellation;

    public Task<TResult> Answer => _answer?.Task ?? Task.FromResult<TResult>(default!);

    public override bool AlwaysInterleave => method.AlwaysInterleave;

    public override bool ReadOnly => method.ReadOnly;

    public override TimeSpan? ResponseTimeout => method.ResponseTimeout;

    public override bool IsAnswered => _answer?.Task.IsCompleted ?? false;

    public bool ExpectsAnswer => _answer is not null;

    public override void Execute() => _ = ExecuteAsync();

    public override void Fail(Exception error)
    {
        if (_answer is null) center.Logger.OneWayCallFailed(error, ToString());
        else if (_answer.TrySetException(error)) Answered();
    }

    public override void CancelCallee()
    {
        if (_cancellation is not { } cancellation) return;
        if (Target is { } target) target.Scheduler.Queue(() => Signal(cancellation));
        else cancellation.Signal();
    }

    public override void Cancel(CancellationToken callerToken)
    {
        if (_answer?.TrySetCanceled(callerToken) == true) Answered();
        CancelCallee();
    }

    /// <summary>Gives the callee a token of its own, so that what it registers there runs as its turn.</summary>
    public void ReplaceCancellation(CancellationToken callerToken)
    {
        _cancellation = new CallCancellation();
        Arguments[method.CancellationIndex] = _cancellation.CalleeToken;
        _cancellation.Follow(callerToken, this);
    }

    public override string ToString() => $"{method} of {TargetId}" + (Source is { } source ? $" from {source}" : string.Empty);

    private async Task ExecuteAsync()
    {
        if (!IsAnswered)
        {
            try
            {
                Runtime.RequestContext.Import(RequestContext);
                var result = await Target!.InvokeAsync(method, Arguments, Source);
                if (_answer is not null && _answer.TrySetResult(center.CopyResult(method, result))) Answered();
            }
            catch (Exception error)
            {
                (Target as Activation)?.DeactivateIfInconsistent(error);
                Fail(error);
            }
        }

        Target!.Completed(this);
    }

    private void Signal(CallCancellation cancellation)
    {
        try
        {
            cancellation.Signal();
        }
        catch (AggregateException error)
        {
            center.Logger.CancellationFailed(error, ToString());
        }
    }

    private void Answered()
    {
        Waiting?.Remove(this);
        _cancellation?.StopFollowing();
    }
}
