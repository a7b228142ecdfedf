using OrleansTrader.Core.Market.Books;

namespace OrleansTrader.Core.Tests.Market.Books;

/// <summary>An exchange's book as plainly as can be: two dictionaries and a counter.</summary>
internal sealed class ListedBook(int seed)
{
    private readonly Random _random = new(seed);

    public Dictionary<decimal, decimal> Bids { get; } = [];

    public Dictionary<decimal, decimal> Asks { get; } = [];

    public long LastUpdateId { get; private set; } = 1_000;

    public IEnumerable<PriceLevel> SortedBids => Bids.OrderBy(level => level.Key).Select(level => new PriceLevel(level.Key, level.Value));

    public IEnumerable<PriceLevel> SortedAsks => Asks.OrderByDescending(level => level.Key).Select(level => new PriceLevel(level.Key, level.Value));

    public BookSnapshot Snapshot() => new(LastUpdateId, Shuffled(SortedBids), Shuffled(SortedAsks));

    /// <summary>Some updates at once, as a stream sends them.</summary>
    public BookChange Change()
    {
        var first = LastUpdateId + 1;
        var bids = new Dictionary<decimal, decimal>();
        var asks = new Dictionary<decimal, decimal>();
        for (var updates = _random.Next(1, 6); updates > 0; updates--)
        {
            LastUpdateId++;
            var isBid = _random.Next(2) == 0;
            var price = (isBid ? 100 - _random.Next(0, 60) : 101 + _random.Next(0, 60)) * 0.01m;
            var quantity = _random.Next(3) == 0 ? 0 : _random.Next(1, 1_000) * 0.001m;
            (isBid ? bids : asks)[price] = quantity;
            var side = isBid ? Bids : Asks;
            if (quantity == 0) side.Remove(price);
            else side[price] = quantity;
        }

        return new BookChange(first, LastUpdateId, Levels(bids), Levels(asks));
    }

    private static PriceLevel[] Levels(Dictionary<decimal, decimal> levels) => [.. levels.Select(level => new PriceLevel(level.Key, level.Value))];

    private PriceLevel[] Shuffled(IEnumerable<PriceLevel> levels)
    {
        PriceLevel[] all = [.. levels];
        _random.Shuffle(all);
        return all;
    }
}
