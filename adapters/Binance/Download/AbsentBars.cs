using System.Text.Json;
using OrleansTrader.Adapters.Storage;

namespace OrleansTrader.Adapters.Binance.Download;

/// <summary>
/// The times for which exchange or archive were asked and have no bars, kept beside the files so that nobody asks again. Only a memory:
/// without it they are asked for once more.
/// </summary>
/// <remarks>May be used by several threads at once.</remarks>
internal sealed class AbsentBars
{
    private const int Version = 1;

    private readonly Lock _gate = new();
    private readonly SnapshotFile _file;
    private readonly string _path;
    private List<Stretch> _exchange = [];
    private List<Stretch> _archive = [];
    private bool _isChanged;

    private AbsentBars(SnapshotFile file, string path) => (_file, _path) = (file, path);

    public static async Task<AbsentBars> ReadAsync(string path, Disk disk, CancellationToken cancellation)
    {
        var absent = new AbsentBars(new SnapshotFile(disk), path);
        try
        {
            if (await absent._file.ReadAsync(path, cancellation) is { } bytes && JsonSerializer.Deserialize<Content>(bytes) is { Version: Version, Exchange: { } exchange, Archive: { } archive })
                (absent._exchange, absent._archive) = ([.. exchange], [.. archive]);
        }
        catch (Exception lost) when (lost is CorruptStateException or JsonException)
        {
            // What is written next takes its place.
        }

        return absent;
    }

    /// <summary>What of a time is not known to be empty.</summary>
    /// <param name="withArchive">True counts what the archive lacks as empty too.</param>
    public List<Stretch> Without(IEnumerable<Stretch> times, bool withArchive)
    {
        lock (_gate)
        {
            List<Stretch> left = [.. times];
            foreach (var hole in withArchive ? _exchange.Concat(_archive) : _exchange)
                left = [.. left.SelectMany(time => Subtract(time, hole))];
            return left;
        }
    }

    /// <summary>A time without bars, parted by whether it is known to be empty.</summary>
    /// <param name="withArchive">True counts what the archive lacks as empty too.</param>
    public IEnumerable<(Stretch Time, bool IsKnown)> Parts(Stretch gap, bool withArchive)
    {
        var at = gap.From;
        foreach (var part in Without([gap], withArchive))
        {
            if (part.From > at) yield return (new Stretch(at, part.From), true);
            yield return (part, false);
            at = part.To;
        }

        if (at < gap.To) yield return (gap with { From = at }, true);
    }

    /// <summary>Takes note that a time is empty.</summary>
    public void Add(Stretch empty, bool isExchange)
    {
        if (empty.From >= empty.To) return;
        lock (_gate)
        {
            if (isExchange) _exchange = Joined(_exchange.Append(empty));
            else _archive = Joined(_archive.Append(empty));
            _isChanged = true;
        }
    }

    /// <param name="until">What lies later may still come, and is not kept.</param>
    /// <exception cref="StateFolderException">It cannot be written.</exception>
    public async Task SaveAsync(DateTime until)
    {
        byte[] content;
        lock (_gate)
        {
            if (!_isChanged) return;
            content = JsonSerializer.SerializeToUtf8Bytes(new Content(Version, [.. Before(_exchange, until)], [.. Before(_archive, until)]));
            _isChanged = false;
        }

        await _file.WriteAsync(_path, content, CancellationToken.None);
    }

    /// <summary>In order; what touches is one.</summary>
    internal static List<Stretch> Joined(IEnumerable<Stretch> times)
    {
        var joined = new List<Stretch>();
        foreach (var time in times.OrderBy(time => time.From))
        {
            if (joined.Count > 0 && time.From <= joined[^1].To) joined[^1] = joined[^1] with { To = time.To > joined[^1].To ? time.To : joined[^1].To };
            else joined.Add(time);
        }

        return joined;
    }

    private static IEnumerable<Stretch> Subtract(Stretch time, Stretch hole)
    {
        if (hole.To <= time.From || hole.From >= time.To)
        {
            yield return time;
            yield break;
        }

        if (hole.From > time.From) yield return time with { To = hole.From };
        if (hole.To < time.To) yield return time with { From = hole.To };
    }

    private static IEnumerable<Stretch> Before(IEnumerable<Stretch> times, DateTime until) =>
        times.Where(time => time.From < until).Select(time => time.To <= until ? time : time with { To = until });

    private sealed record Content(int Version, IReadOnlyList<Stretch> Exchange, IReadOnlyList<Stretch> Archive);
}
