using System.Collections.Concurrent;
using OrleansTrader.Adapters.Binance.Rest;

namespace OrleansTrader.Adapters.Binance.Calls;

/// <summary>Answers by what was asked, used again for a while. Who asks while another does waits for that answer; failures are not kept.</summary>
internal sealed class CachedReads<T>(TimeSpan lifetime, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Slot> _slots = new(StringComparer.Ordinal);

    public async Task<Answer<T>> GetAsync(string key, Func<Task<Answer<T>>> read, CancellationToken cancellation)
    {
        var slot = _slots.GetOrAdd(key, static _ => new Slot());
        try
        {
            await slot.Turn.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            return new Answer<T>.Failed(new BinanceError { Kind = BinanceErrorKind.NotSent, IsOutcomeUnknown = false, Sentence = ErrorSentence.NotSent(standstill: null) });
        }

        try
        {
            if (slot.Kept is { } kept && time.GetElapsedTime(slot.At) < lifetime) return kept;
            var asked = time.GetTimestamp();
            var answer = await read();
            if (answer is Answer<T>.Given) (slot.Kept, slot.At) = (answer, asked);
            return answer;
        }
        finally
        {
            slot.Turn.Release();
        }
    }

    private sealed class Slot
    {
        public SemaphoreSlim Turn { get; } = new(1);

        public Answer<T>? Kept { get; set; }

        public long At { get; set; }
    }
}
