using OrleansTrader.Adapters.Binance.Streams;
using OrleansTrader.Core.Market.Books;

namespace OrleansTrader.Adapters.Tests.Binance.Streams;

/// <summary>Keeps what market streams brought.</summary>
internal sealed class Heard : IMarketListener
{
    private readonly Lock _gate = new();
    private readonly List<(StreamName Stream, object Event)> _all = [];
    private TaskCompletionSource _more = New();

    public IReadOnlyList<(StreamName Stream, object Event)> All
    {
        get
        {
            lock (_gate) return [.. _all];
        }
    }

    public IReadOnlyList<T> Of<T>() => [.. All.Select(heard => heard.Event).OfType<T>()];

    public async Task<IReadOnlyList<T>> WaitForAsync<T>(int count, CancellationToken cancellation)
    {
        while (true)
        {
            Task more;
            lock (_gate) more = _more.Task;
            if (Of<T>() is var heard && heard.Count >= count) return heard;
            await more.WaitAsync(TimeSpan.FromSeconds(30), cancellation);
        }
    }

    public void OnKline(StreamName stream, in KlineUpdate update) => Add(stream, update);

    public void OnBookTop(StreamName stream, in BookTop top) => Add(stream, top);

    public void OnMiniTicker(StreamName stream, in MiniTicker ticker) => Add(stream, ticker);

    public void OnTrade(StreamName stream, in AggregateTrade trade) => Add(stream, trade);

    public void OnDepth(StreamName stream, in BookChange change) => Add(stream, change with { Bids = change.Bids.ToArray(), Asks = change.Asks.ToArray() });

    public void OnInterrupted(IReadOnlyList<StreamName> streams)
    {
        foreach (var stream in streams) Add(stream, "interrupted");
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Add(StreamName stream, object what)
    {
        TaskCompletionSource more;
        lock (_gate)
        {
            _all.Add((stream, what));
            (more, _more) = (_more, New());
        }

        more.SetResult();
    }
}
