using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Embedded;

namespace Orleans.Runtime;

/// <summary>Sends calls: through the filters of the caller, to the activation that serves the identity, with a limit on the time to the answer.</summary>
internal sealed class MessageCenter
{
    private readonly Silo _silo;
    private readonly SiloMessagingOptions _options;
    private readonly MessageCopier? _copier;
    private readonly OutstandingCalls _outstanding;

    public MessageCenter(Silo silo, SiloMessagingOptions options, MessageCopier? copier)
    {
        _silo = silo;
        _options = options;
        _copier = copier;
        AnswerOptions = silo.ContinuationOptions;
        _outstanding = new OutstandingCalls(silo.Time, options.ResponseTimeout, Expire);
    }

    public ILogger Logger => _silo.Logger;

    public TaskCreationOptions AnswerOptions { get; }

    public Task<TResult> SendAsync<TResult>(GrainReference reference, InterfaceMethod<TResult> method, object?[] arguments) =>
        _silo.OutgoingFilters.Length == 0
            ? SendNowAsync(reference.GrainId, method, arguments)
            : OutgoingGrainCall<TResult>.InvokeAsync(reference, method, arguments, _silo.OutgoingFilters);

    public Task<TResult> SendNowAsync<TResult>(GrainId target, InterfaceMethod<TResult> method, object?[] arguments)
    {
        if (_silo.RefusesCalls(out var refusal)) return Task.FromException<TResult>(refusal);
        var token = method.CancellationIndex >= 0 ? (CancellationToken)arguments[method.CancellationIndex]! : CancellationToken.None;
        if (token.IsCancellationRequested) return Task.FromCanceled<TResult>(token);
        try
        {
            var message = new Message<TResult>(
                this, target, ActivationTaskScheduler.CurrentTarget?.GrainId, method, _copier?.CopyArguments(method, arguments) ?? arguments)
            {
                RequestContext = RequestContext.Export(),
            };
            if (message.ExpectsAnswer) _outstanding.Add(message);
            if (method.CancellationIndex >= 0) message.ReplaceCancellation(token);
            Deliver(message);
            return message.Answer;
        }
        catch (Exception error)
        {
            return Task.FromException<TResult>(error);
        }
    }

    /// <summary>Hands the message to the activation of its target, or to the next one when that has just ended.</summary>
    public void Deliver(Message message)
    {
        try
        {
            while (true)
            {
                var target = _silo.Catalog.GetOrActivate(message.TargetId);
                message.Target = target;
                if (target.TryEnqueue(message)) return;
                _silo.Catalog.Remove(target);
            }
        }
        catch (Exception error)
        {
            message.Fail(error);
        }
    }

    public TResult CopyResult<TResult>(InterfaceMethod<TResult> method, TResult result) =>
        _copier is null ? result : _copier.CopyResult(method, result);

    public void Forget(Message message) => _outstanding.Remove(message);

    public void FailOutstanding(Exception error)
    {
        foreach (var message in _outstanding.RemoveAll()) message.Fail(error);
        _outstanding.Dispose();
    }

    private void Expire(Message message)
    {
        message.Fail(new TimeoutException(
            $"Response did not arrive on time in {_options.ResponseTimeout} for the call {message}. "
            + "The target may be busy, or it may wait for a grain that waits for it."));
        if (_options.CancelRequestOnTimeout) message.CancelCallee();
    }
}
