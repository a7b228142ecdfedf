namespace OrleansTrader.Api.Security;

/// <summary>
/// How long whoever guesses has to wait: longer with every attempt that failed, by address and for the account as a whole. The wait for the
/// account is short, and none for this machine and for addresses that have logged in before; these wait shortly for their own attempts as well,
/// since others may share them.
/// </summary>
internal sealed class LoginBackoff(TimeProvider clock)
{
    private const int FreeOfAddress = 3;
    private const int FreeInAll = 20;
    private const int ManyAddresses = 1_000;
    private const int FirstDoublings = 2;
    private const int MostDoublings = 10;
    private static readonly TimeSpan LongestOfAddress = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LongestOfKnown = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestInAll = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Attempts> _addresses = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private Attempts _all;

    /// <summary>Begins an attempt, which counts as failed until it is told to have succeeded: many at once are no way around.</summary>
    /// <param name="isHere">True for this machine.</param>
    /// <returns>Zero when it may go on; else how long to wait, and nothing has begun.</returns>
    public TimeSpan Begin(string address, bool isHere = false)
    {
        lock (_lock)
        {
            var attempts = Remembered(_addresses.GetValueOrDefault(address));
            var all = Remembered(_all);
            var isKnown = isHere || _known.Contains(address);
            var wait = WaitOf(attempts, FreeOfAddress, isKnown ? LongestOfKnown : LongestOfAddress);
            if (!isKnown) wait = Max(wait, WaitOf(all, FreeInAll, LongestInAll));
            if (wait > TimeSpan.Zero) return wait;
            if (_addresses.Count >= ManyAddresses) Forget();
            _addresses[address] = attempts.Next(clock);
            _all = all.Next(clock);
            return TimeSpan.Zero;
        }
    }

    /// <summary>The wait begins now: the check itself has taken its time.</summary>
    public void Fail(string address)
    {
        lock (_lock)
        {
            _addresses[address] = _addresses[address] with { Latest = clock.GetTimestamp() };
            _all = _all with { Latest = clock.GetTimestamp() };
        }
    }

    /// <returns>How many attempts from anywhere have failed before.</returns>
    public int Succeed(string address)
    {
        lock (_lock)
        {
            var failed = Math.Max(0, _all.Failed - 1);
            _addresses.Remove(address);
            _known.Add(address);
            _all = default;
            return failed;
        }
    }

    private Attempts Remembered(Attempts attempts) => attempts.Failed > 0 && clock.GetElapsedTime(attempts.Latest) > Forgotten ? default : attempts;

    private void Forget()
    {
        foreach (var (address, attempts) in _addresses)
            if (Remembered(attempts).Failed == 0)
                _addresses.Remove(address);
    }

    private TimeSpan WaitOf(Attempts attempts, int free, TimeSpan longest)
    {
        if (attempts.Failed < free) return TimeSpan.Zero;
        var asked = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(attempts.Failed - free + FirstDoublings, MostDoublings)));
        return (asked < longest ? asked : longest) - clock.GetElapsedTime(attempts.Latest);
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <param name="Latest">By the clock's timestamp, which nobody can set back.</param>
    private readonly record struct Attempts(int Failed, long Latest)
    {
        public Attempts Next(TimeProvider clock) => new(Failed + 1, clock.GetTimestamp());
    }
}
