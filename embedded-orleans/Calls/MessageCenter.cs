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
        _outstanding = new OutstandingCalls(silo, options.ResponseTimeout, Expire);
    }

    public ILogger Logger => _silo.Logger;

    public TaskCreationOptions AnswerOptions { get; }

    public Task<TResult> SendAsync<TResult>(GrainReference reference, InterfaceMethod<TResult> method, object?[] arguments) =>
        _silo.OutgoingFilters.Length == 0
            ? SendNowAsync(reference, method, arguments)
            : OutgoingGrainCall<TResult>.InvokeAsync(reference, method, arguments, _silo.OutgoingFilters);

    public Task<TResult> SendNowAsync<TResult>(GrainReference reference, InterfaceMethod<TResult> method, object?[] arguments)
    {
        if (_silo.RefusesCalls(out var refusal)) return Task.FromException<TResult>(refusal);
        var token = method.CancellationIndex >= 0 ? (CancellationToken)arguments[method.CancellationIndex]! : CancellationToken.None;
        if (token.IsCancellationRequested) return Task.FromCanceled<TResult>(token);
        try
        {
            var message = new Message<TResult>(
                this, reference, ActivationTaskScheduler.CurrentTarget, method, _copier?.CopyArguments(method, arguments) ?? arguments)
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

    /// <summary>Sends on what an activation has left behind; a grain that ends each of its activations before it answers is given up.</summary>
    public void Forward(Message message)
    {
        if (message.Forwards++ < _options.MaxForwardCount) Deliver(message);
        else message.Fail(new OrleansMessageRejectionException($"The call {message} was forwarded {_options.MaxForwardCount} times, and each activation ended before it came to it."));
    }

    public TResult CopyResult<TResult>(InterfaceMethod<TResult> method, TResult result) =>
        _copier is null ? result : _copier.CopyResult(method, result);

    public void FailOutstanding(Exception error)
    {
        foreach (var message in _outstanding.RemoveAll()) message.Fail(error);
        _outstanding.Dispose();
    }

    /// <summary>Hands the message to the activation of its target, or to the next one when that has just ended.</summary>
    private void Deliver(Message message)
    {
        try
        {
            while (true)
            {
                var recipient = _silo.Catalog.RecipientOf(message);
                if (recipient.TryReceive(message)) return;
                _silo.Catalog.Remove(recipient);
            }
        }
        catch (Exception error)
        {
            message.Fail(error);
        }
    }

    private void Expire(Message message)
    {
        message.Fail(new TimeoutException(
            $"Response did not arrive on time in {message.ResponseTimeout ?? _options.ResponseTimeout} for the call {message}. "
            + "The target may be busy, or it may wait for a grain that waits for it."));
        if (_options.CancelRequestOnTimeout) message.CancelCallee();
    }
}
