using System.Globalization;
using OrleansTrader.Adapters.Feeds;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Binance.Download;

/// <summary>
/// The download of one symbol: what the files have is not asked for; months come from the archive, several at once, and what is missing
/// then by REST. Each month is written when it is done.
/// </summary>
internal sealed class SymbolDownload
{
    /// <summary>What a file of the archive ends with while it is fetched.</summary>
    public const string UnfinishedArchive = ".zip.tmp";

    /// <summary>A bar that the exchange lacks may still come for so long.</summary>
    private static readonly TimeSpan MayCome = TimeSpan.FromDays(1);

    private readonly string _symbol;
    private readonly Interval _interval;
    private readonly BarSet _bars;
    private readonly string _folder;
    private readonly Disk _disk;
    private readonly DateTime _now;
    private AbsentBars _absent = null!;
    private int _before;
    private int _fromArchive;
    private int _fromRest;
    private long _wanted;
    private long _settled;
    private string? _problem;

    /// <param name="bars">What is wanted.</param>
    /// <param name="now">By the exchange's clock, UTC.</param>
    public SymbolDownload(string symbol, Interval interval, BarSet bars, string folder, Disk disk, DateTime now) =>
        (_symbol, _interval, _bars, _folder, _disk, _now) = (symbol, interval, bars, folder, disk, now);

    /// <summary>Null when nothing is taken from there.</summary>
    public ArchiveConnection? Archive { get; init; }

    /// <summary>Null when nothing is taken from there.</summary>
    public RestBars? Rest { get; init; }

    public required Action<string> Warn { get; init; }

    public required Action<double> Progress { get; init; }

    public required int ArchivesAtOnce { get; init; }

    private string WorkFolder => Path.Combine(_folder, CandleDownload.WorkFolder);

    public async Task<DownloadReport> RunAsync(CancellationToken cancellation)
    {
        try
        {
            _absent = await AbsentBars.ReadAsync(Path.Combine(WorkFolder, $"{_symbol}-{_interval}.absent"), _disk, cancellation);
            ReadFiles(cancellation);
            _before = _bars.Present;
            _wanted = Left(_bars.Missing());
            if (_bars.Count == 0) _problem = string.Create(CultureInfo.InvariantCulture, $"No bar of {_interval} opens and closes in the time that is asked for, as far as it is over.");
            else if (_wanted > 0) await FetchAsync(cancellation);
        }
        catch (OperatorException stopped)
        {
            _problem = stopped.Message;
        }

        return Report();
    }

    private async Task FetchAsync(CancellationToken cancellation)
    {
        if (Rest is not null) await FindBeginningAsync(Rest, cancellation);
        if (Archive is not null && _problem is null)
        {
            var months = ArchivePeriod.MonthsOf(_bars.From, _bars.To).Where(month => Needs(month).Count > 0);
            await Parallel.ForEachAsync(months, new ParallelOptions { MaxDegreeOfParallelism = ArchivesAtOnce, CancellationToken = cancellation }, async (month, ended) => await TakeMonthAsync(Archive, month, ended));
            if (Archive.Away is { } away && Rest is { Away: null }) Warn($"{away.Sentence}; everything comes by REST, which takes longer.");
        }

        if (Rest is not null && _problem is null) await TakeRestAsync(Rest, cancellation);
        await SaveAbsentAsync();
        if (_problem is null && _bars.Present == 0) _problem = NothingFound();
    }

    /// <summary>What lies before the first bar of the exchange need not be looked for month by month.</summary>
    private async Task FindBeginningAsync(RestBars rest, CancellationToken cancellation)
    {
        var gaps = _absent.Without(_bars.Missing(), withArchive: false);
        if (gaps.Count == 0 || gaps[0].From != _bars.From) return;
        var answer = await rest.FirstAsync(_symbol, _interval, _bars.From, cancellation);
        if (answer.TryGet(out var first))
        {
            var end = first is { } open && open < _bars.To ? _interval.StartOf(open) : _bars.To;
            // A file may have bars that the exchange does not give any more.
            if (_bars.Range() is { } known && known.First < end) end = known.First;
            SetAbsent(new Stretch(_bars.From, end), isExchange: true);
            return;
        }

        var error = answer.Error!;
        if (error.Code == RestBars.UnknownSymbol)
        {
            // To look through the archive for a name that is misspelt would take a while.
            _problem = $"Binance has no symbol {_symbol}; check the name{(Archive is null ? "" : ", or take --source archive for one that is no longer listed")}.";
        }
        else if (Archive is null)
        {
            _problem = error.Sentence;
        }
        else
        {
            Warn($"{error.Sentence} What the archive has is taken all the same.");
        }
    }

    private async ValueTask TakeMonthAsync(ArchiveConnection archive, ArchivePeriod month, CancellationToken cancellation)
    {
        var shelf = ShelfOf(month);
        try
        {
            var isOver = month.To <= _now;
            var isFound = isOver && await TakeFileAsync(archive, month, shelf, cancellation);
            if (isOver && _now - month.To > ArchivePeriod.DaysAreKept) return;
            if (isFound || !ArchivePeriod.HasDays(_interval)) return;
            foreach (var day in month.Days().Where(day => day.To <= _now && Needs(day).Count > 0))
            {
                if (archive.Away is not null) return;
                await TakeFileAsync(archive, day, shelf, cancellation);
            }
        }
        finally
        {
            // Also when it is ended: what has come is kept.
            shelf.Write();
            await SaveAbsentAsync();
            TellProgress();
        }
    }

    /// <returns>True when the archive has the file, whatever came of it.</returns>
    private async Task<bool> TakeFileAsync(ArchiveConnection archive, ArchivePeriod period, MonthShelf shelf, CancellationToken cancellation)
    {
        var path = Path.Combine(WorkFolder, period.StemOf(_symbol, _interval) + UnfinishedArchive);
        try
        {
            switch (await archive.FetchAsync(period, _symbol, _interval, path, cancellation))
            {
                case ArchiveAnswer.Failed failed:
                    if (archive.Away is null) Tell(failed.Sentence, Instead);
                    return failed.Kind != ArchiveAnswer.FailureKind.Unreachable;
                case ArchiveAnswer.None:
                    if (period.IsMonth && _now - period.To > ArchivePeriod.DaysAreKept) AddAbsent(period);
                    return false;
            }

            var file = ArchiveFile.Read(path, period, _symbol, _interval);
            if (file.Problem is { } problem) Warn(problem);
            foreach (var candle in file.Candles) Interlocked.Add(ref _fromArchive, shelf.TryAdd(candle) ? 1 : 0);
            // A row that was left out is not a bar that there is none of.
            if (file.Problem is null) AddAbsent(period);
            return true;
        }
        catch (InvalidDataException unusable)
        {
            Tell(unusable.Message.TrimEnd('.'), Instead);
            return true;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw DownloadException.CannotWrite(path, _folder, failed);
        }
        finally
        {
            TryDelete(path);
        }
    }

    private string Instead => Rest is null ? "its bars are left out; run it again later, or with --source both" : "its bars come by REST instead";

    private void AddAbsent(ArchivePeriod period)
    {
        foreach (var gap in _bars.Missing(period.From, period.To)) SetAbsent(gap, isExchange: false);
    }

    private async Task TakeRestAsync(RestBars rest, CancellationToken cancellation)
    {
        var shelf = default(MonthShelf);
        try
        {
            foreach (var gap in AbsentBars.Joined(_absent.Without(_bars.Missing(), withArchive: false)))
            {
                for (var at = gap.From; at < gap.To;)
                {
                    var answer = await rest.PageAsync(_symbol, _interval, gap with { From = at }, cancellation);
                    if (!answer.TryGet(out var page))
                    {
                        _problem = answer.Error!.Sentence;
                        return;
                    }

                    var next = at;
                    foreach (var kline in page)
                    {
                        var candle = kline.Candle;
                        if (candle.OpenTime < next || candle.OpenTime >= gap.To) continue;
                        if (!candle.IsSound || _interval.StartOf(candle.OpenTime) != candle.OpenTime)
                        {
                            Warn(string.Create(CultureInfo.InvariantCulture, $"{_symbol}: the exchange's bar of {candle.OpenTime:yyyy-MM-dd HH:mm:ss} is none of {_interval}, or its prices make no sense; it is left out."));
                            continue;
                        }

                        SetAbsent(new Stretch(next, candle.OpenTime), isExchange: true);
                        next = _interval.CloseOf(candle.OpenTime);
                        if (shelf?.Has(candle.OpenTime) != true)
                        {
                            shelf?.Write();
                            shelf = ShelfOf(ArchivePeriod.MonthOf(candle.OpenTime));
                        }

                        if (kline.IsClosed(_now) && shelf.TryAdd(candle)) _fromRest++;
                    }

                    // Nothing more up to the end of what was asked for.
                    if (next == at) SetAbsent(new Stretch(at, gap.To), isExchange: true);
                    at = next == at ? gap.To : next;
                    TellProgress();
                }
            }
        }
        finally
        {
            shelf?.Write();
        }
    }

    /// <summary>What is to be asked for within a time.</summary>
    private List<Stretch> Needs(ArchivePeriod period) => _absent.Without(_bars.Missing(period.From, period.To), withArchive: true);

    private void SetAbsent(Stretch empty, bool isExchange)
    {
        _absent.Add(empty, isExchange);
        if (isExchange || Rest is null) Interlocked.Add(ref _settled, _bars.CountOf(empty));
    }

    private async Task SaveAbsentAsync()
    {
        try
        {
            await _absent.SaveAsync(_interval.StartOf(_now - MayCome));
        }
        catch (StateFolderException failed)
        {
            throw DownloadException.CannotWrite(WorkFolder, _folder, failed.InnerException ?? failed);
        }
    }

    private void ReadFiles(CancellationToken cancellation)
    {
        var folder = new CandleFolder(_folder);
        if (!folder.SymbolsAt(_interval).Contains(_symbol, StringComparer.Ordinal)) return;
        foreach (var path in folder.FilesOf(_symbol, _interval))
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                foreach (var candle in CandleFile.Read(path).Candles) _bars.TryAdd(candle.OpenTime);
            }
            catch (CandleFileException unusable)
            {
                throw new DownloadException($"{unusable.Message.TrimEnd('.')}; move it away or delete it, and its bars are downloaded.", unusable);
            }
        }
    }

    private long Left(IEnumerable<Stretch> gaps) => _absent.Without(gaps, withArchive: Rest is null).Sum(_bars.CountOf);

    private void TellProgress() => Progress(Math.Clamp((double)(_bars.Present - _before + Interlocked.Read(ref _settled)) / _wanted, 0, 1));

    private void Tell(string what, string then) => Warn($"{_symbol}: {what}; {then}.");

    private string NothingFound() => Archive?.Away is { } away && Rest is null
        ? away.Sentence + "."
        : string.Create(CultureInfo.InvariantCulture, $"There are no bars of {_symbol} at {_interval} from {_bars.From:yyyy-MM-dd HH:mm} to {_bars.To:yyyy-MM-dd HH:mm}{(Rest is null ? " in the archive; check the name" : ": it is listed later, or was traded before")}.");

    private DownloadReport Report()
    {
        var range = _bars.Range();
        // What lies before the first bar of all is no gap.
        var gaps =
            from gap in _bars.Missing()
            from part in _absent.Parts(gap, withArchive: Rest is null)
            where !(part.IsKnown && part.Time.From == _bars.From && range is not null)
            select new DownloadGap(part.Time, _bars.CountOf(part.Time), part.IsKnown);
        return new DownloadReport(_symbol, _interval, _bars.From, _bars.To)
        {
            Bars = _bars.Present,
            Before = _before,
            FromArchive = _fromArchive,
            FromRest = _fromRest,
            First = range?.First,
            Gaps = [.. gaps],
            Problem = _problem,
        };
    }

    private MonthShelf ShelfOf(ArchivePeriod month) => new(month, _bars, new CandleMonthFile(_folder, _symbol, _interval, month.From, _disk));

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            // The next download removes it.
        }
    }
}
