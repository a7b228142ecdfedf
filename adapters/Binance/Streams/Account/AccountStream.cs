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
            try
            {
                await ReplaceAsync();
                failures = 0;
                await EndAsync(_socket!);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failed) when (failed is WebSocketException or OperationCanceledException or TimeoutException or IOException or ObjectDisposedException)
            {
                var wait = TimeSpan.FromSeconds(Math.Min(_streams.LongestWaitSeconds, 1 << Math.Min(failures++, 10)));
                _log.LogWarning("The account's events at {Host} could not be subscribed to ({Reason}); again in {Seconds} s", _options.Socket.Host, failed.GetType().Name, wait.TotalSeconds);
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
        lock (_gate)
        {
            _socket = next;
            _ending = New();
            _listener.OnSubscribed();
        }

        if (old is not null) await old.DisposeAsync();
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
        var status = refused.Code > 0 ? refused.Code : 400;
        var body = JsonSerializer.SerializeToUtf8Bytes(new Calls.Json.RefusalText(refused.Code, refused.Message), Calls.Json.BinanceJson.Default.RefusalText);
        var error = ErrorReader.Read(status, body, retryAfter: null, _rest.Clock.Now, RequestNature.Read, _options.Socket.Host);
        _log.LogWarning("{Sentence}", error.Sentence);
        if (error.Kind == BinanceErrorKind.WrongClock) await _rest.MeasureClockAsync(_stopping.Token);
        if (error.Kind is not (BinanceErrorKind.TooManyRequests or BinanceErrorKind.Banned)) return;
        // Here a moment, not a length of time.
        var wait = DateTime.UnixEpoch.AddMilliseconds(_reader.RetryAfter) - _rest.Clock.Now;
        _rest.Gate.Stop(StandstillReason.TooManyRequests, wait > TimeSpan.Zero ? wait : null);
    }

    /// <summary>Waits until the connection has ended, is about to, or has grown old.</summary>
    private async Task EndAsync(MessageSocket socket)
    {
        var (ending, life) = (_ending, TimeSpan.FromMinutes(_streams.RenewMinutes) - _time.GetElapsedTime(socket.OpenedAt));
        await using var old = _time.CreateTimer(_ => ending.TrySetResult(), null, life > TimeSpan.Zero ? life : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        await using var stopped = _stopping.Token.Register(() => ending.TrySetResult());
        _ = EndWithAsync(socket, ending);
        await ending.Task;
        _stopping.Token.ThrowIfCancellationRequested();
        if (!socket.Closed.IsCompleted) return;
        lock (_gate) _listener.OnLost();
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
                        _reply?.TrySetResult(_reader.Reply);
                        break;
                    case MessageKind.Shutdown when socket == _socket:
                        _ending.TrySetResult();
                        break;
                }
            }
            catch (JsonException)
            {
                // What it was cannot be told, so nothing is certain any more until all was asked for anew.
                _log.LogWarning("An event of the account could not be read; it is subscribed to anew");
                _ending.TrySetResult();
            }
        }
    }
}
