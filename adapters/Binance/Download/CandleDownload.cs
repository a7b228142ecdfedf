using System.Collections.Concurrent;
using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Feed;
using OrleansTrader.Adapters.Binance.Limits;
using OrleansTrader.Adapters.Binance.Rest;
using OrleansTrader.Adapters.Feeds;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Binance.Download;

/// <summary>
/// Brings past bars of Binance into a folder of candle files, one file a month, and only those that no file there has. May be ended at
/// any moment: what is done is kept, and the next one goes on from there. One at a time works in a folder.
/// </summary>
public sealed class CandleDownload : IDisposable
{
    /// <summary>Below the folder: what is needed while it works, and what is known to be missing.</summary>
    public const string WorkFolder = ".download";

    /// <summary>What lies back further does not depend on whose clock is right.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromDays(1);

    private readonly IDisposable _turn;
    private readonly HttpClient _http;
    private readonly RateGate _gate;
    private readonly RestConnection _rest;
    private readonly ExchangeClock _clock;
    private readonly DownloadOptions _options;
    private readonly ArchiveConnection? _archive;
    private readonly RestBars? _bars;
    private readonly Disk _disk;
    private readonly string _folder;
    private readonly Action<string> _warn;
    private readonly ConcurrentDictionary<string, bool> _told = new(StringComparer.Ordinal);

    /// <param name="folder">Made where there is none.</param>
    /// <param name="warn">Is told in a sentence what a person should know while it works.</param>
    /// <exception cref="DownloadException">Another one works in the folder, it cannot be written to, or the archive is not of this exchange.</exception>
    public CandleDownload(BinanceOptions binance, DownloadOptions options, string folder, Action<string> warn, TimeProvider time)
        : this(binance, options, folder, warn, time, Disk.Real)
    {
    }

    internal CandleDownload(BinanceOptions binance, DownloadOptions options, string folder, Action<string> warn, TimeProvider time, Disk disk)
    {
        ArgumentNullException.ThrowIfNull(binance);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Source == DownloadSource.Archive && !binance.HasArchive)
            throw new DownloadException($"The archive holds bars of Binance's production, not of {binance.Rest.Host}; take --source rest, or set {BinanceOptions.Section}:{nameof(BinanceOptions.ArchiveUrl)} to an archive of that exchange.");
        if (options.Source == DownloadSource.Both && !binance.HasArchive)
            warn($"Bars come by REST alone: the archive is of Binance's production, not of {binance.Rest.Host}.");
        (_options, _folder, _disk, _clock, _warn) = (options, folder, disk, new ExchangeClock(time), warn);
        _turn = TakeTurn(folder);
        _http = RestTransport.Create(binance);
        _gate = new RateGate(new RateLimitOptions(), time);
        _rest = new RestConnection(_http, _gate, _clock, binance, credentials: null, account: "", time);
        if (options.Source != DownloadSource.Archive) _bars = new RestBars(new MarketCalls(_rest, new CacheOptions(), time), options, time, Warn);
        if (options.Source != DownloadSource.Rest && binance.HasArchive) _archive = new ArchiveConnection(_http, binance, options, time, Warn);
        RemoveUnfinished(folder);
    }

    /// <summary>Brings what is missing of a symbol.</summary>
    /// <param name="from">No bar opens before, UTC.</param>
    /// <param name="to">No bar closes after, UTC; nor does one that is still open.</param>
    /// <param name="progress">Is told the share that is done, 0 to 1; by several threads.</param>
    /// <returns>Also where it could not be done, with the problem.</returns>
    /// <exception cref="OperationCanceledException">It was ended; what was done is kept.</exception>
    public async Task<DownloadReport> RunAsync(string symbol, Interval interval, DateTime from, DateTime to, Action<double> progress, CancellationToken cancellation)
    {
        if (!KlineIntervals.Has(interval)) throw new DownloadException($"Binance has no bars of {interval}; it has {string.Join(", ", KlineIntervals.All)}.");
        // Without an answer the clock here has to do; what comes of the exchange itself says so soon enough.
        if (_bars is { Away: null } && _clock.IsDoubtful && to > _clock.Now - Recent) _ = await _rest.MeasureClockAsync(cancellation);
        cancellation.ThrowIfCancellationRequested();
        var now = _clock.Now;
        var work = new SymbolDownload(symbol, interval, new BarSet(interval, from, to < now ? to : now), _folder, _disk, now)
        {
            Archive = _archive,
            Rest = _bars,
            Warn = Warn,
            Progress = progress,
            ArchivesAtOnce = _options.ArchivesAtOnce,
        };
        return await work.RunAsync(cancellation);
    }

    public void Dispose()
    {
        _gate.Dispose();
        _http.Dispose();
        _turn.Dispose();
    }

    /// <summary>The turn to change files of a folder.</summary>
    /// <exception cref="DownloadException">It is another's, or the folder cannot be written to.</exception>
    public static IDisposable TakeTurn(string folder)
    {
        try
        {
            if (File.Exists(folder)) throw new DownloadException($"{folder} is a file; candles are written to a folder.");
            return ChangeLock.Take(Path.Combine(folder, WorkFolder, "turn"));
        }
        catch (Exception refused) when (refused is StateFolderException or IOException or UnauthorizedAccessException)
        {
            var reason = (refused.InnerException ?? refused).Message.TrimEnd('.');
            throw new DownloadException($"Candle files in {folder} cannot be changed: {reason}; wait for another download or clean-up there to end, or make the folder writable.", refused);
        }
    }

    /// <summary>What a download that was killed has left; not while another one works.</summary>
    public static IReadOnlyList<string> Unfinished(string folder)
    {
        var work = Path.Combine(folder, WorkFolder);
        return
        [
            .. Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*" + CandleMonthFile.Unfinished) : [],
            .. Directory.Exists(work) ? Directory.EnumerateFiles(work, "*" + SymbolDownload.UnfinishedArchive) : [],
        ];
    }

    /// <summary>What is true of several symbols is said once.</summary>
    private void Warn(string sentence)
    {
        if (_told.TryAdd(sentence, value: true)) _warn(sentence);
    }

    private static void RemoveUnfinished(string folder)
    {
        foreach (var file in Unfinished(folder))
        {
            try
            {
                File.Delete(file);
            }
            catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
            {
                // It is in nobody's way.
            }
        }
    }
}
