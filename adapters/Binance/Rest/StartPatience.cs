using System.Globalization;

namespace OrleansTrader.Adapters.Binance.Rest;

/// <summary>
/// Asks again, less and less often, what a start has to know, while the network or the exchange fails in a way that may pass. What asking again would not
/// change, such as a wrong key, is an answer at once.
/// </summary>
/// <param name="length">How long one question is asked, from its first failure on; zero asks once.</param>
/// <param name="time">By which the pauses last.</param>
/// <param name="say">Is told, in a sentence, why the start goes on later.</param>
public sealed class StartPatience(TimeSpan length, TimeProvider time, Action<string> say)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(0.05);

    /// <summary>Asks once.</summary>
    public static StartPatience None { get; } = new(TimeSpan.Zero, TimeProvider.System, static _ => { });

    /// <summary>Asks for an answer.</summary>
    /// <param name="ask">Must change nothing at the exchange.</param>
    public async Task<Answer<T>> AskAsync<T>(Func<Task<Answer<T>>> ask, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(ask);
        var answer = await ask();
        var (first, pause) = (time.GetTimestamp(), FirstPause);
        while (answer.Error is { } error && MayPass(error))
        {
            var wait = error.RetryAfter > pause ? error.RetryAfter.Value : pause;
            var left = length - time.GetElapsedTime(first);
            if (left < LeastPause || error.RetryAfter > left) break;
            // The last question comes as patience ends.
            if (wait > left) wait = left;
            say(string.Create(CultureInfo.InvariantCulture, $"{error.Sentence} The start asks again in {wait.TotalSeconds:0.#} s; Ctrl+C ends it."));
            await Task.Delay(wait, time, cancellation);
            answer = await ask();
            pause = pause + pause > LongestPause ? LongestPause : pause + pause;
        }

        return answer;
    }

    private static bool MayPass(BinanceError error) => error.Kind is
        BinanceErrorKind.NoAnswer or BinanceErrorKind.ServerFailed or BinanceErrorKind.Unreadable or BinanceErrorKind.Unreachable or BinanceErrorKind.Overloaded or BinanceErrorKind.TooManyRequests;
}
