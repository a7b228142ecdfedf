using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using OrleansTrader.Adapters.Binance.Limits;

namespace OrleansTrader.Adapters.Binance.Streams;

/// <summary>
/// One connection with its streams, and its successor while both live: a connection that grows old, that is about to be closed or that is
/// silent is replaced by one that has all streams before the old one goes. What the new one brings is held back until the old one has
/// had time to bring all from before, and what both brought is passed on once: so nothing is missed, doubled or out of order.
/// </summary>
internal sealed class MarketLine : IAsyncDisposable
{
    private const int NamesOfMessage = 200;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new();
    private readonly MarketMessageReader _reader;
    private readonly Dictionary<long, TaskCompletionSource<StreamReply>> _commands = [];
    private readonly List<byte[]> _held = [];
    private readonly HashSet<StreamName> _wanted = [];
    private readonly HashSet<StreamName> _subscribed = [];
    private readonly SemaphoreSlim _change = new(0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly IMarketListener _listener;
    private readonly BinanceOptions _options;
    private readonly StreamOptions _streams;
    private readonly RateGate _budget;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Task _keeping;
    private MessageSocket? _socket;
    private MessageSocket? _endangered;
    private MessageSocket? _heldBack;
    private long _lastData;
    private long _lastId;
    private int _silences;
    private int _failures;

    public MarketLine(IMarketListener listener, BinanceOptions options, StreamOptions streams, RateGate budget, TimeProvider time, ILogger log)
    {
        (_listener, _options, _streams, _budget, _time, _log) = (listener, options, streams, budget, time, log);
        _reader = new MarketMessageReader(listener, time);
        _keeping = Task.Run(KeepAsync);
    }

    public int Count
    {
        get
        {
            lock (_gate) return _wanted.Count;
        }
    }

    /// <summary>True while a connection lives that has been asked for its streams.</summary>
    public bool IsUp
    {
        get
        {
            lock (_gate) return _socket is { Closed.IsCompleted: false };
        }
    }

    public bool Has(StreamName name)
    {
        lock (_gate) return _wanted.Contains(name);
    }

    public void Add(StreamName name)
    {
        lock (_gate)
        {
            _wanted.Add(name);
            _reader.Add(name);
        }

        _change.Release();
    }

    public void Remove(StreamName name)
    {
        lock (_gate)
        {
            _wanted.Remove(name);
            _reader.Remove(name);
        }

        _change.Release();
    }

    /// <summary>Replaces the connection, as one of which a stream has fallen silent while others go on.</summary>
    public void Renew()
    {
        lock (_gate) _endangered = _socket;
        Wake();
    }

    /// <summary>How long ago a stream brought its last message; null before the first.</summary>
    public TimeSpan? AgeOf(StreamName name)
    {
        lock (_gate)
            return _reader.Streams.FirstOrDefault(stream => stream.Name.Equals(name)) is { LastAt: { } last } ? _time.GetElapsedTime(last) : null;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _keeping;
        if (_socket is not null) await _socket.DisposeAsync();
        _stopping.Dispose();
        _change.Dispose();
    }

    private async Task KeepAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await KeepOnceAsync();
                if (_failures > 0) _log.LogInformation("The market streams of {Host} are connected again", _options.Streams.Host);
                _failures = 0;
                await WaitAsync(Look);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failed)
            {
                _failures++;
                var wait = TimeSpan.FromSeconds(Math.Min(_streams.LongestWaitSeconds, 1 << Math.Min(_failures - 1, 10)));
                // Once: it may take days.
                _log.Log(_failures == 1 ? LogLevel.Warning : LogLevel.Debug, "The market streams of {Host} could not be connected ({Reason}); again in {Seconds} s, and then ever later", _options.Streams.Host, failed.GetType().Name, wait.TotalSeconds);
                try
                {
                    await Task.Delay(wait, _time, _stopping.Token);
                }
                catch (OperationCanceledException)
                {
                    return;
                }
            }
        }
    }

    private async Task KeepOnceAsync()
    {
        if (Count == 0 && _socket is null) return;
        if (_socket is null or { Closed.IsCompleted: true })
        {
            await ReplaceAsync(isInterrupted: true);
        }
        else if (_endangered == _socket || _time.GetElapsedTime(_socket.OpenedAt) > TimeSpan.FromMinutes(_streams.RenewMinutes))
        {
            await ReplaceAsync(isInterrupted: false);
        }
        else if (IsSilent(_socket))
        {
            _silences++;
            _log.LogWarning("The market streams of {Host} are connected and silent; they are connected anew", _options.Streams.Host);
            await ReplaceAsync(isInterrupted: true);
        }
        else
        {
            await CatchUpAsync(_socket);
        }
    }

    private bool IsSilent(MessageSocket socket)
    {
        lock (_gate)
        {
            if (_subscribed.Count == 0) return false;
            if (_lastData > socket.OpenedAt) _silences = 0;
            var patience = TimeSpan.FromSeconds((double)_streams.SilentSeconds * (1 << Math.Min(_silences, 6)));
            return _time.GetElapsedTime(Math.Max(_lastData, socket.OpenedAt)) > patience;
        }
    }

    private async Task ReplaceAsync(bool isInterrupted)
    {
        var next = await OpenAsync(isHeldBack: !isInterrupted);
        StreamName[] names;
        lock (_gate) names = [.. _wanted];
        try
        {
            await CommandAsync(next, "SUBSCRIBE", names);
            // One that died before has left a gap after all.
            isInterrupted |= _socket is null or { Closed.IsCompleted: true };
            if (!isInterrupted) await OverlapAsync(_socket!, next);
        }
        catch
        {
            await next.DisposeAsync();
            lock (_gate) Release(next, isGood: false);
            throw;
        }

        var (old, isFirst) = (_socket, _socket is null);
        lock (_gate)
        {
            _socket = next;
            _subscribed.Clear();
            _subscribed.UnionWith(names);
            if (isInterrupted && !isFirst)
            {
                _reader.BeginAnew();
                _listener.OnInterrupted(names);
            }

            Release(next, isGood: true);
        }

        if (old is not null) await old.DisposeAsync();
    }

    private async Task OverlapAsync(MessageSocket old, MessageSocket next)
    {
        await Task.WhenAny(Task.Delay(Overlap, _time, _stopping.Token), old.Closed, next.Closed);
        _stopping.Token.ThrowIfCancellationRequested();
        if (next.Closed.IsCompleted) throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely);
    }

    private void Release(MessageSocket socket, bool isGood)
    {
        if (_heldBack != socket) return;
        _heldBack = null;
        if (isGood)
            foreach (var message in _held)
                Read(socket, message);
        _held.Clear();
    }

    private async Task<MessageSocket> OpenAsync(bool isHeldBack)
    {
        using var ticket = await _budget.EnterAsync(RequestCost.Connection(weight: 0), RequestRank.Data, _stopping.Token);
        var address = new Uri(_options.Streams.GetLeftPart(UriPartial.Authority) + "/stream");
        var socket = await MessageSocket.OpenAsync(address, BinanceProxy.Of(_options.Proxy), TimeSpan.FromSeconds(_options.ConnectSeconds), Take, _time, _stopping.Token);
        ticket.Settle(RequestEnd.Answered);
        // Nothing comes of a stream before it was asked for.
        if (isHeldBack)
            lock (_gate) _heldBack = socket;
        _ = WakeAtEndAsync(socket);
        return socket;
    }

    private async Task WakeAtEndAsync(MessageSocket socket)
    {
        await socket.Closed;
        if (socket.Thrown is { } thrown) _log.LogWarning("A connection of the market streams has ended, since a message could not be handled ({Reason})", thrown.GetType().Name);
        Wake();
    }

    /// <summary>Subscribes to what is wanted by now, and ends what is not.</summary>
    private async Task CatchUpAsync(MessageSocket socket)
    {
        StreamName[] more;
        StreamName[] less;
        lock (_gate)
        {
            more = [.. _wanted.Except(_subscribed)];
            less = [.. _subscribed.Except(_wanted)];
        }

        await CommandAsync(socket, "UNSUBSCRIBE", less);
        await CommandAsync(socket, "SUBSCRIBE", more);
        lock (_gate)
        {
            _subscribed.ExceptWith(less);
            _subscribed.UnionWith(more);
        }
    }

    private async Task CommandAsync(MessageSocket socket, string method, StreamName[] names)
    {
        foreach (var batch in names.Chunk(NamesOfMessage))
        {
            var id = Interlocked.Increment(ref _lastId);
            var reply = new TaskCompletionSource<StreamReply>(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_gate) _commands[id] = reply;
            try
            {
                await socket.SendAsync(Command(id, method, batch), _stopping.Token);
                var said = await socket.AnsweredAsync(reply, TimeSpan.FromSeconds(_streams.ReplySeconds), _stopping.Token);
                // Asking for the same again would bring the same answer.
                if (said.Code != 0) _log.LogWarning("Binance refuses market streams ({First} and {More} more): {Message}", batch[0].Text, batch.Length - 1, said.Message);
            }
            finally
            {
                lock (_gate) _commands.Remove(id);
            }
        }
    }

    private static ReadOnlyMemory<byte> Command(long id, string method, StreamName[] names)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("method"u8, method);
        json.WriteStartArray("params"u8);
        foreach (var name in names) json.WriteStringValue(name.Text);
        json.WriteEndArray();
        json.WriteNumber("id"u8, id);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private void Take(MessageSocket socket, ReadOnlySpan<byte> message)
    {
        lock (_gate)
        {
            if (_heldBack == socket && MarketMessageReader.IsData(message)) _held.Add(message.ToArray());
            else Read(socket, message);
        }
    }

    private void Read(MessageSocket socket, ReadOnlySpan<byte> message)
    {
        try
        {
            switch (_reader.Read(message))
            {
                case MessageKind.Data:
                    _lastData = _time.GetTimestamp();
                    break;
                case MessageKind.Reply when _commands.TryGetValue(_reader.Reply.Id, out var command):
                    command.TrySetResult(_reader.Reply);
                    break;
                case MessageKind.Shutdown:
                    _endangered = socket;
                    Wake();
                    break;
            }
        }
        catch (JsonException)
        {
            _log.LogWarning("A message of the market streams could not be read and was passed over");
        }
    }

    private async Task WaitAsync(TimeSpan atMost)
    {
        using var patience = new CancellationTokenSource(atMost, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token, patience.Token);
        try
        {
            await _change.WaitAsync(both.Token);
        }
        catch (OperationCanceledException) when (!_stopping.IsCancellationRequested)
        {
            // Time to look whether all is well.
        }
    }

    private void Wake()
    {
        try
        {
            _change.Release();
        }
        catch (ObjectDisposedException)
        {
            // The line is taken down.
        }
    }
}
