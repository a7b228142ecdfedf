using System.Collections.Concurrent;
using OrleansTrader.Adapters.Binance.Limits;
using OrleansTrader.Adapters.Binance.Rest;

namespace OrleansTrader.Adapters.Binance.Calls;

/// <summary>
/// Answers by what was asked, used again for a while. Who asks while another does gets that answer, unless it is more urgent than the other; failures are
/// not kept.
/// </summary>
internal sealed class CachedReads<T>(TimeSpan lifetime, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Slot> _slots = new(StringComparer.Ordinal);
    private long _doubted = long.MinValue;

    /// <summary>Nothing that was asked for up to now is used again.</summary>
    public void Doubt() => Interlocked.Exchange(ref _doubted, time.GetTimestamp());

    /// <param name="rank">How urgent it is.</param>
    /// <param name="read">Goes on where this caller gives up, since others may wait for it by then.</param>
    /// <param name="cancellation">Ends the waiting of this caller alone.</param>
    public async Task<Answer<T>> GetAsync(string key, RequestRank rank, Func<Task<Answer<T>>> read, CancellationToken cancellation)
    {
        var slot = _slots.GetOrAdd(key, static _ => new Slot());
        Task<Answer<T>> reading;
        lock (slot)
        {
            if (slot.Kept is { } kept && IsGood(slot.At)) return kept;
            // However long it waits for its turn: one more would only wait behind it.
            if (slot.Reading is not { IsCompleted: false } || IsDoubted(slot.Asked) || rank < slot.Rank)
            {
                var asked = time.GetTimestamp();
                (slot.Asked, slot.Rank, slot.Reading) = (asked, rank, ReadAsync(slot, asked, read));
            }

            reading = slot.Reading;
        }

        try
        {
            return await reading.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            return new Answer<T>.Failed(new BinanceError { Kind = BinanceErrorKind.NotSent, IsOutcomeUnknown = false, Sentence = ErrorSentence.NotSent(standstill: null) });
        }
    }

    private bool IsGood(long asked) => time.GetElapsedTime(asked) < lifetime && !IsDoubted(asked);

    private bool IsDoubted(long asked) => asked <= Interlocked.Read(ref _doubted);

    private static async Task<Answer<T>> ReadAsync(Slot slot, long asked, Func<Task<Answer<T>>> read)
    {
        var answer = await read();
        lock (slot)
            if (answer is Answer<T>.Given && (slot.Kept is null || asked >= slot.At)) (slot.Kept, slot.At) = (answer, asked);
        return answer;
    }

    private sealed class Slot
    {
        public Task<Answer<T>>? Reading { get; set; }

        public long Asked { get; set; }

        /// <summary>Of what is being read.</summary>
        public RequestRank Rank { get; set; }

        public Answer<T>? Kept { get; set; }

        public long At { get; set; }
    }
}
