using OrleansTrader.Adapters.Feeds;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Binance.Download;

/// <summary>What has come of a month and is not written yet. For one thread.</summary>
/// <param name="bars">Which are wanted, and which are there.</param>
internal sealed class MonthShelf(ArchivePeriod month, BarSet bars, CandleMonthFile file)
{
    /// <summary>So many bars are written though their month is not done.</summary>
    private const int MostUnwritten = 100_000;

    private readonly List<Candle> _unwritten = [];

    public bool Has(DateTime open) => open >= month.From && open < month.To;

    /// <summary>False when the candle is not wanted, or is there already.</summary>
    /// <exception cref="DownloadException">The file cannot be written.</exception>
    public bool TryAdd(in Candle candle)
    {
        if (!Has(candle.OpenTime) || !bars.TryAdd(candle.OpenTime)) return false;
        _unwritten.Add(candle);
        if (_unwritten.Count >= MostUnwritten) Write();
        return true;
    }

    /// <exception cref="CandleFileException">What is there cannot be used.</exception>
    /// <exception cref="DownloadException">The file cannot be written.</exception>
    public void Write()
    {
        if (_unwritten.Count == 0) return;
        try
        {
            file.Add(_unwritten);
            _unwritten.Clear();
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw DownloadException.CannotWrite(file.Path, Path.GetDirectoryName(file.Path)!, failed);
        }
    }
}
