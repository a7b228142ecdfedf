namespace Orleans.Runtime;

/// <summary>The token of a call: the caller has one, the called method another that is signalled as its turn.</summary>
internal sealed class CallCancellation
{
    private readonly CancellationTokenSource _callee = new();
    private CancellationTokenRegistration _caller;

    public CancellationToken CalleeToken => _callee.Token;

    public void Follow(CancellationToken callerToken, Message message) =>
        _caller = callerToken.UnsafeRegister(static (message, token) => ((Message)message!).Cancel(token), message);

    public void StopFollowing() => _caller.Unregister();

    public void Signal() => _callee.Cancel();
}
