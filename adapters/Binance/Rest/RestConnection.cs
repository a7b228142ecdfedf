using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using OrleansTrader.Adapters.Binance.Limits;
using OrleansTrader.Adapters.Binance.Signing;

namespace OrleansTrader.Adapters.Binance.Rest;

/// <summary>Turns the bytes of an answer into what was asked for.</summary>
public delegate T AnswerReader<T>(ReadOnlyMemory<byte> json);

/// <summary>
/// One account's connection to the REST API. A request waits for room within the limits, gets the exchange's time, is signed, and is sent
/// once; what comes of it is a value, never an exception. Only a request that the exchange refused for its time (-1021, -1102) is sent again,
/// once, after the clock was measured anew.
/// </summary>
/// <remarks>
/// May be used by several threads at once. What opens orders travels in the body of its request, since .NET may send a request
/// without one twice by itself.
/// </remarks>
public sealed class RestConnection
{
    // An order that was refused although the clock was right has been on its way for too long, and its price may be an old one.
    private static readonly TimeSpan WorthResending = TimeSpan.FromMilliseconds(500);

    private const int Soundings = 3;
    private const int TooMany = 429;

    private readonly ConcurrentBag<RequestText> _texts = [];
    private readonly SemaphoreSlim _measuring = new(1);
    private readonly HttpMessageInvoker _http;
    private readonly RateGate _gate;
    private readonly ApiCredentials? _credentials;
    private readonly BinanceOptions _options;
    private readonly TimeProvider _time;
    private readonly string _host;
    private int _measurements;

    /// <param name="http">From <see cref="RestTransport"/>; shared by all accounts.</param>
    /// <param name="gate">The budget of the address from which requests leave; shared by all accounts.</param>
    /// <param name="credentials">Null where only the market is looked at.</param>
    /// <param name="account">Under which name its orders are counted.</param>
    public RestConnection(HttpMessageInvoker http, RateGate gate, ExchangeClock clock, BinanceOptions options, ApiCredentials? credentials, string account, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_http, _gate, Clock, _options, _credentials, Account, _time) = (http, gate, clock, options, credentials, account, time);
        _host = options.Rest.Host;
    }

    public ExchangeClock Clock { get; }

    /// <summary>Under which name its orders are counted.</summary>
    public string Account { get; }

    internal RateGate Gate => _gate;

    /// <summary>An empty text for the parameters of a call; goes with the call, which takes it back.</summary>
    public RequestText Parameters()
    {
        if (!_texts.TryTake(out var text)) return new RequestText();
        text.Clear();
        return text;
    }

    /// <summary>Measures the exchange's clock; others that want the same wait for this one.</summary>
    /// <returns>Null when it was measured, otherwise why not.</returns>
    public async Task<BinanceError?> MeasureClockAsync(CancellationToken cancellation = default)
    {
        var seen = Volatile.Read(ref _measurements);
        await _measuring.WaitAsync(CancellationToken.None);
        try
        {
            // Another one has just done it.
            if (seen != _measurements) return null;
            var call = new RestCall(HttpMethod.Get, "/api/v3/time", new RequestCost(1), RequestRank.Exit, RequestNature.Read, IsSigned: false);
            for (var sounding = 0; sounding < Soundings; sounding++)
            {
                var asked = 0L;
                var answer = await AttemptAsync(call, text: null, ReadTime, () => asked = _time.GetTimestamp(), cancellation);
                var answered = _time.GetTimestamp();
                if (!answer.TryGet(out var exchange)) return sounding > 0 ? null : answer.Error;
                Clock.Measure(asked, answered, exchange, isFirst: sounding == 0);
                Volatile.Write(ref _measurements, seen + 1);
            }

            return null;
        }
        finally
        {
            _measuring.Release();
        }
    }

    /// <summary>As <see cref="MeasureClockAsync"/>.</summary>
    /// <returns>How far the exchange's clock is ahead of that of this machine (below zero: behind), or why nobody knows.</returns>
    public async Task<Answer<TimeSpan>> ClockOffsetAsync(CancellationToken cancellation = default) =>
        await MeasureClockAsync(cancellation) is { } error ? new Answer<TimeSpan>.Failed(error) : new Answer<TimeSpan>.Given(Clock.Offset);

    /// <summary>Sends one request and reads its answer.</summary>
    /// <param name="parameters">From <see cref="Parameters"/>; null for none. Belongs to the connection from now on.</param>
    /// <param name="cancellation">Gives up waiting; what was sent by then has an unknown outcome.</param>
    public async Task<Answer<T>> SendAsync<T>(RestCall call, RequestText? parameters, AnswerReader<T> read, CancellationToken cancellation = default)
    {
        try
        {
            return call.IsSigned
                ? await SendSignedAsync(call, parameters ??= Parameters(), read, cancellation)
                : await AttemptAsync(call, parameters, read, sending: null, cancellation);
        }
        finally
        {
            if (parameters is not null) _texts.Add(parameters);
        }
    }

    private async Task<Answer<T>> SendSignedAsync<T>(RestCall call, RequestText parameters, AnswerReader<T> read, CancellationToken cancellation)
    {
        if (_credentials is null) return new Answer<T>.Failed(NoKey());
        // With a doubtful clock something may pass, with none at all nothing will.
        if (Clock.IsDoubtful && await MeasureClockAsync(cancellation) is { } unknown && Clock.Uncertainty is null)
            return new Answer<T>.Failed(unknown with { IsOutcomeUnknown = false });

        var length = parameters.Length;
        var offset = Clock.Offset;
        var answer = await AttemptAsync(call, parameters, read, sending: null, cancellation);
        if (answer.Error is not { Kind: BinanceErrorKind.WrongClock } || await MeasureClockAsync(cancellation) is not null) return answer;
        if (call.Nature == RequestNature.Order && (Clock.Offset - offset).Duration() < WorthResending) return answer;
        parameters.CutTo(length);
        return await AttemptAsync(call, parameters, read, sending: null, cancellation);
    }

    private async Task<Answer<T>> AttemptAsync<T>(RestCall call, RequestText? text, AnswerReader<T> read, Action? sending, CancellationToken cancellation)
    {
        RateTicket ticket;
        try
        {
            ticket = await _gate.EnterAsync(call.Cost, call.Rank, cancellation);
        }
        catch (OperationCanceledException)
        {
            return new Answer<T>.Failed(NotSent());
        }

        using (ticket)
        {
            sending?.Invoke();
            using var request = Compose(call, text);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(_options.TimeoutSeconds), _time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
            try
            {
                using var response = await _http.SendAsync(request, both.Token);
                var body = await response.Content.ReadAsByteArrayAsync(both.Token);
                RateHeaders.Tell(_gate, response.Headers, call.Cost.Account);
                ticket.Settle(RequestEnd.Answered);
                return Read(call, response, body, read);
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException or OperationCanceledException)
            {
                var error = Broken(call, request, broken, cancellation);
                if (!error.IsOutcomeUnknown && error.Kind is BinanceErrorKind.Unreachable or BinanceErrorKind.NotSent) ticket.Settle(RequestEnd.NeverSent);
                return new Answer<T>.Failed(error);
            }
        }
    }

    private HttpRequestMessage Compose(RestCall call, RequestText? text)
    {
        if (call.IsSigned)
            text!.Add("recvWindow"u8, _options.RecvWindowMs).Add("timestamp"u8, Clock.NowMilliseconds).Sign(_credentials!.Signer);
        var isBody = call.Nature == RequestNature.Order && call.Method != HttpMethod.Get;
        var path = isBody || text is null or { Length: 0 } ? call.Path : $"{call.Path}?{text.ToQuery()}";
        var request = new HttpRequestMessage(call.Method, new Uri(_options.Rest.GetLeftPart(UriPartial.Authority) + path, Verbatim))
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            // A copy: after a lost connection, nobody knows who still reads it.
            Content = isBody ? new FormBody(text!.Bytes.ToArray()) : null,
        };
        if (call.IsSigned) request.Headers.TryAddWithoutValidation("X-MBX-APIKEY", _credentials!.ApiKey);
        return request;
    }

    // What was signed must arrive as it is.
    private static UriCreationOptions Verbatim => new() { DangerousDisablePathAndQueryCanonicalization = true };

    private Answer<T> Read<T>(RestCall call, HttpResponseMessage response, byte[] body, AnswerReader<T> read)
    {
        if (response.IsSuccessStatusCode)
        {
            try
            {
                return new Answer<T>.Given(read(body));
            }
            catch (Exception unreadable) when (unreadable is JsonException or FormatException or InvalidOperationException or OverflowException)
            {
                // Falls through: it is no answer.
            }
        }

        var error = ErrorReader.Read((int)response.StatusCode, body, response.Headers.RetryAfter?.Delta, Clock.Now, call.Nature, _host);
        if (error.Standstill is { } reason) _gate.Stop(reason, error.RetryAfter);
        if (error is { Kind: BinanceErrorKind.TooManyOrders } or { Kind: BinanceErrorKind.HalfDone, HttpStatus: TooMany }) _gate.StopOrders(call.Cost.Account, error.RetryAfter);
        return new Answer<T>.Failed(error);
    }

    // The message of the exception is left out: nobody knows what a library writes into it.
    private BinanceError Broken(RestCall call, HttpRequestMessage request, Exception broken, CancellationToken cancellation)
    {
        var error = (broken as HttpRequestException)?.HttpRequestError ?? HttpRequestError.Unknown;
        var neverLeft = request.Content is FormBody { HasLeft: false }
            || error is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;
        if (neverLeft && request.Content is not FormBody { HasLeft: true })
        {
            return cancellation.IsCancellationRequested
                ? NotSent()
                : new BinanceError { Kind = BinanceErrorKind.Unreachable, IsOutcomeUnknown = false, Sentence = ErrorSentence.Unreachable(error, _options.Rest.Authority, _options.Proxy is not null) };
        }

        return new BinanceError
        {
            Kind = BinanceErrorKind.NoAnswer,
            IsOutcomeUnknown = call.Nature != RequestNature.Read,
            Sentence = ErrorSentence.NoAnswer(call.Nature, _host),
        };
    }

    private BinanceError NotSent() =>
        new() { Kind = BinanceErrorKind.NotSent, IsOutcomeUnknown = false, Sentence = ErrorSentence.NotSent(_gate.Standstill?.Until) };

    private static BinanceError NoKey() =>
        new() { Kind = BinanceErrorKind.BadKey, IsOutcomeUnknown = false, Sentence = "This call needs an API key, and none is set; store one with 'trader secrets'." };

    private static DateTime ReadTime(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("serverTime"u8)) continue;
            reader.Read();
            return DateTime.UnixEpoch.AddMilliseconds(reader.GetInt64());
        }

        throw new JsonException("There is no serverTime.");
    }
}
