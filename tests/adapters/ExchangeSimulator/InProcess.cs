using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using OrleansTrader.Adapters.Tests.Binance;
using OrleansTrader.ExchangeSimulator;
using OrleansTrader.ExchangeSimulator.Api;

namespace OrleansTrader.Adapters.Tests.ExchangeSimulator;

/// <summary>One thread on which all goes on, in virtual time: what is ready runs first, then the clock goes on to the next beat.</summary>
internal sealed class OneThread(ManualClock clock) : SynchronizationContext
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly ConcurrentQueue<(SendOrPostCallback Call, object? State)> _ready = new();

    public override void Post(SendOrPostCallback d, object? state) => _ready.Enqueue((d, state));

    /// <summary>Runs something to its end; fails when another thread had to do with it.</summary>
    public void Run(Func<Task> story)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            var told = story();
            while (!told.IsCompleted && clock.Elapsed < Longest)
            {
                while (_ready.TryDequeue(out var next)) next.Call(next.State);
                clock.Advance(Beat);
            }

            told.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }
}

/// <summary>Carries requests of a client of HTTP to an exchange in the same process, and writes down what is answered.</summary>
/// <remarks>
/// <see cref="HttpClient"/> goes on by itself when it is answered, and with a context of synchronization in place it would do so on another
/// thread. So it is answered without one; whoever awaits the client comes back to the context all the same.
/// </remarks>
internal sealed class InProcessHandler(SimulatedExchange exchange, TimeProvider clock, Action<string> write) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        _ = CarryAsync(request, answer, cancellationToken);
        return answer.Task;
    }

    private async Task CarryAsync(HttpRequestMessage request, TaskCompletionSource<HttpResponseMessage> answer, CancellationToken cancellation)
    {
        Action tell;
        try
        {
            var response = await AnswerAsync(request, cancellation);
            tell = () => answer.SetResult(response);
        }
        catch (Exception failed)
        {
            tell = () => answer.SetException(failed);
        }

        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        tell();
        SynchronizationContext.SetSynchronizationContext(context);
    }

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var body = request.Content is { } content ? await content.ReadAsStringAsync(cancellation) : "";
        var key = request.Headers.TryGetValues("X-MBX-APIKEY", out var keys) ? keys.Single() : null;
        var asked = new RestRequest(request.Method.Method, request.RequestUri!.AbsolutePath, request.RequestUri.Query.TrimStart('?'), body, key);
        var fault = exchange.Draw(asked);
        if (fault.Delay > TimeSpan.Zero) await Task.Delay(fault.Delay, clock, cancellation);
        var reply = exchange.Answer(asked, fault);
        write($"{fault.Kind} {reply.Status} {string.Join(' ', reply.Headers)} {Encoding.UTF8.GetString(reply.Body)}");
        if (fault.IsDropped) throw new HttpRequestException(HttpRequestError.ResponseEnded);
        var response = new HttpResponseMessage((HttpStatusCode)reply.Status) { Content = new ByteArrayContent(reply.Body) };
        response.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(reply.ContentType);
        foreach (var (name, value) in reply.Headers) response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }
}
