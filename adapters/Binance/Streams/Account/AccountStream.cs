using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using OrleansTrader.Adapters.Binance.Limits;
using OrleansTrader.Adapters.Binance.Rest;
using OrleansTrader.Adapters.Binance.Signing;

namespace OrleansTrader.Adapters.Binance.Streams.Account;

/// <summary>
/// The events of one account over the WebSocket API, on a subscription that is signed. The exchange repeats nothing that was missed: after each <see cref="IAccountListener.OnSubscribed"/>, orders, trades and balances must be asked for.
/// </summary>
/// <remarks>While a connection is replaced, both may bring the same event.</remarks>
public sealed class AccountStream : IAsyncDisposable
{
    private const int Weight = 2;

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly AccountMessageReader _reader;
    private readonly IAccountListener _listener;
    private readonly BinanceOptions _options;
    private readonly StreamOptions _streams;
    private readonly ApiCredentials _credentials;
    private readonly RestConnection _rest;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly SocketOpener? _opener;
    private readonly Task _keeping;
    private TaskCompletionSource<StreamReply>? _reply;
    private TaskCompletionSource _ending = New();
    private MessageSocket? _socket;
    private StreamReply? _refused;
    private string? _refusal;
    private string? _logged;
    private int _vain;
    private long _lastId;

    /// <param name="rest">The account's connection, whose clock and limits hold here too.</param>
    public AccountStream(IAccountListener listener, BinanceOptions options, StreamOptions streams, ApiCredentials credentials, RestConnection rest, TimeProvider time, ILogger<AccountStream> log)
        : this(listener, options, streams, credentials, rest, time, log, opener: null, TaskScheduler.Default)
    {
    }

    /// <param name="opener">Null for the network.</param>
    /// <param name="scheduler">On which it lives.</param>
    internal AccountStream(IAccountListener listener, BinanceOptions options, StreamOptions streams, ApiCredentials credentials, RestConnection rest, TimeProvider time, ILogger<AccountStream> log, SocketOpener? opener, TaskScheduler scheduler)
    {
        (_listener, _options, _streams, _credentials, _rest, _time, _log, _opener) = (listener, options, streams, credentials, rest, time, log, opener);
        _reader = new AccountMessageReader(listener);
        _keeping = Task.Factory.StartNew(KeepAsync, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler).Unwrap();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _keeping;
        if (_socket is not null) await _socket.DisposeAsync();
        _stopping.Dispose();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task KeepAsync()
    {
        for (var failures = 0; !_stopping.IsCancellationRequested;)
        {
            var begun = _time.GetTimestamp();
            try
            {
                _refusal = null;
                await ReplaceAsync();
                await EndAsync(_socket!);
                failures = 0;
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failed)
            {
                // Whatever it was: without events the account would go on blindly, and nobody would know.
                if (_time.GetElapsedTime(begun).TotalSeconds > _streams.LongestWaitSeconds) failures = 0;
                var wait = TimeSpan.FromSeconds(Math.Min(_streams.LongestWaitSeconds, 1 << Math.Min(failures++, 10)));
                var reason = _refusal ?? ErrorSentence.NoSocket(failed, _options.Socket, _options.Proxy is not null, nameof(BinanceOptions.SocketUrl));
                // Once: it may take days.
                _log.Log(_vain++ == 0 ? LogLevel.Warning : LogLevel.Debug, "No line for the account's events at {Address}, tried again in {Seconds} s, then at growing intervals up to {Longest} s ({Error}). {Reason}", _options.Socket, wait.TotalSeconds, _streams.LongestWaitSeconds, (failed.InnerException ?? failed).GetType().Name, reason);
                // The connection that was to be replaced may bring them on.
                if (_vain > 1 && _socket is null or { Closed.IsCompleted: true }) _listener.OnSilent(reason);
                await Task.WhenAny(Task.Delay(wait, _time, _stopping.Token));
            }
        }
    }

    /// <summary>Opens a connection and subscribes; only then the one before goes.</summary>
    private async Task ReplaceAsync()
    {
        using var ticket = await _rest.Gate.EnterAsync(RequestCost.Connection(Weight), RequestRank.Exit, _stopping.Token);
        var next = await MessageSocket.OpenAsync(_options.Socket, BinanceProxy.Of(_options.Proxy), TimeSpan.FromSeconds(_options.ConnectSeconds), Take, _time, _stopping.Token, _opener);
        ticket.Settle(RequestEnd.Answered);
        try
        {
            await SubscribeAsync(next);
        }
        catch
        {
            await next.DisposeAsync();
            throw;
        }

        var old = _socket;
        try
        {
            lock (_gate)
            {
                _socket = next;
                _ending = New();
                _refused = null;
                _listener.OnSubscribed();
            }

            if (_vain > 0) _log.LogInformation("The account's events at {Host} are subscribed to", _options.Socket.Host);
            (_vain, _logged) = (0, null);
        }
        finally
        {
            if (old is not null) await old.DisposeAsync();
        }
    }

    private async Task SubscribeAsync(MessageSocket socket)
    {
        if (_rest.Clock.IsDoubtful) await _rest.MeasureClockAsync(_stopping.Token);
        using var ticket = await _rest.Gate.EnterAsync(new RequestCost(Weight), RequestRank.Exit, _stopping.Token);
        using var text = new SocketRequestText();
        text.Add("apiKey"u8, _credentials.ApiKey).Add("recvWindow"u8, _options.RecvWindowMs).Add("timestamp"u8, _rest.Clock.NowMilliseconds).Sign(_credentials.Signer);
        var reply = new TaskCompletionSource<StreamReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate) _reply = reply;
        await socket.SendAsync(text.Frame(++_lastId, "userDataStream.subscribe.signature"u8), _stopping.Token);
        var said = await socket.AnsweredAsync(reply, TimeSpan.FromSeconds(_streams.ReplySeconds), _stopping.Token);
        ticket.Settle(RequestEnd.Answered);
        if (said is not { Code: not 0 } refused) return;
        await HeedAsync(refused);
        throw new WebSocketException(WebSocketError.Faulted);
    }

    private async Task HeedAsync(StreamReply refused)
    {
        var wait = refused.RetryAt - _rest.Clock.Now;
        var body = JsonSerializer.SerializeToUtf8Bytes(new Calls.Json.RefusalText(refused.Code, refused.Message), Calls.Json.BinanceJson.Default.RefusalText);
        var error = ErrorReader.Read(refused.Status, body, wait > TimeSpan.Zero ? wait : null, _rest.Clock.Now, RequestNature.Read, _options.Socket.Host);
        _log.Log(string.Equals(error.Sentence, _logged, StringComparison.Ordinal) ? LogLevel.Debug : LogLevel.Warning, "{Sentence}", error.Sentence);
        _refusal = _logged = error.Sentence;
        if (error.Kind == BinanceErrorKind.WrongClock) await _rest.MeasureClockAsync(_stopping.Token);
        if (error.Standstill is { } reason) _rest.Gate.Stop(reason, error.RetryAfter);
    }

    /// <summary>Waits until the connection has ended, is about to, or has grown old.</summary>
    private async Task EndAsync(MessageSocket socket)
    {
        var (ending, life) = (_ending, TimeSpan.FromMinutes(_streams.RenewMinutes) - _time.GetElapsedTime(socket.OpenedAt));
        await using var old = _time.CreateTimer(_ => ending.TrySetResult(), null, life > TimeSpan.Zero ? life : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        await using var stopped = _stopping.Token.Register(() => ending.TrySetResult());
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        _ = EndWithAsync(socket, ending);
        _ = ProbeAsync(socket, ending, over.Token);
        await ending.Task;
        over.Cancel();
        _stopping.Token.ThrowIfCancellationRequested();
        StreamReply? refused;
        lock (_gate) refused = _refused;
        if (refused is not null) await LetGoAsync(socket);
        if (!socket.Closed.IsCompleted) return;
        lock (_gate) _listener.OnLost();
        if (refused is { } said) await HeedAsync(said);
        // The next connection would end likewise, so it has to wait.
        if (refused is not null || socket.Thrown is not null) throw new WebSocketException(WebSocketError.Faulted, socket.Thrown);
    }

    private async Task LetGoAsync(MessageSocket socket)
    {
        lock (_gate) _socket = null;
        await socket.DisposeAsync();
    }

    /// <summary>Asks now and then whether the subscription still holds, and ends the connection where nobody says so.</summary>
    private async Task ProbeAsync(MessageSocket socket, TaskCompletionSource ending, CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                await Task.Delay(TimeSpan.FromSeconds(_streams.ProbeSeconds), _time, cancellation);
                var said = await AskAsync(socket, cancellation);
                if (said is { Code: 0, Count: 0 }) break;
                if (IsOfConnection(said)) Refuse(socket, said);
                else if (said.Code != 0) await HeedAsync(said);
                else _logged = null;
            }
        }
        catch (Exception dead)
        {
            // Whoever has ended the connection has done so; otherwise it is dead, or cannot be asked.
            _log.LogDebug("The line of the account's events at {Host} is asked no more ({Reason})", _options.Socket.Host, dead.GetType().Name);
        }

        ending.TrySetResult();
    }

    private async Task<StreamReply> AskAsync(MessageSocket socket, CancellationToken cancellation)
    {
        using var ticket = await _rest.Gate.EnterAsync(new RequestCost(Weight), RequestRank.Exit, cancellation);
        using var text = new SocketRequestText();
        var reply = new TaskCompletionSource<StreamReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate) _reply = reply;
        await socket.SendAsync(text.Frame(++_lastId, "session.subscriptions"u8), cancellation);
        var said = await socket.AnsweredAsync(reply, TimeSpan.FromSeconds(_streams.ReplySeconds), cancellation);
        ticket.Settle(RequestEnd.Answered);
        return said;
    }

    private static async Task EndWithAsync(MessageSocket socket, TaskCompletionSource ending)
    {
        await socket.Closed;
        ending.TrySetResult();
    }

    private void Take(MessageSocket socket, ReadOnlySpan<byte> message)
    {
        lock (_gate)
        {
            try
            {
                switch (_reader.Read(message))
                {
                    case MessageKind.Reply when _reader.Reply.Id == _lastId || _reader.Reply.Code != 0:
                        if (_reply?.TrySetResult(_reader.Reply) != true && IsOfConnection(_reader.Reply)) Refuse(socket, _reader.Reply);
                        break;
                    case MessageKind.Shutdown when socket == _socket:
                        _ending.TrySetResult();
                        break;
                }
            }
            catch (JsonException) when (socket == _socket)
            {
                // What it was cannot be told, so nothing is certain any more until all was asked for anew.
                _log.LogWarning("An event of the account could not be read; it is subscribed to anew");
                _ending.TrySetResult();
            }
        }
    }

    /// <summary>Whether the exchange refuses the connection, not what was asked on it: as when the key was revoked.</summary>
    private static bool IsOfConnection(StreamReply said) => said is { Id: < 0, Code: not 0 };

    private void Refuse(MessageSocket socket, StreamReply said)
    {
        lock (_gate)
        {
            if (socket != _socket) return;
            _refused = said;
            _ending.TrySetResult();
        }
    }
}
