namespace OrleansTrader.Adapters.Binance.Streams;

/// <summary>
/// Keeps the messages of one connection below the five a second that the exchange takes, after which it hangs up: four, so that there is
/// always room for a pong, in any second and a tenth.
/// </summary>
internal sealed class OutgoingPace(TimeProvider time) : IDisposable
{
    private const int Most = 4;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1.1);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly Queue<long> _sent = new();

    /// <summary>Waits for its turn, then sends.</summary>
    public async Task SendAsync(Func<Task> send, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (_sent.Count == Most)
            {
                var wait = Window - time.GetElapsedTime(_sent.Dequeue());
                if (wait > TimeSpan.Zero) await Task.Delay(wait, time, cancellation);
            }

            await send();
            // After it was sent: what leaves late arrives late.
            _sent.Enqueue(time.GetTimestamp());
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
