using OrleansTrader.Core.Market.Books;
using Xunit;

namespace OrleansTrader.Core.Tests.Market.Books;

public class LocalBookTests
{
    [Fact]
    public void The_figures_of_a_book()
    {
        var book = Loaded(10, bids: "99.9 3, 99.8 1, 99 10", asks: "100.1 1, 100.2 4, 101 10");
        Assert.Equal(new PriceLevel(99.9m, 3), book.BestBid);
        Assert.Equal(new PriceLevel(100.1m, 1), book.BestAsk);
        Assert.Equal((0.2m, 100m), (book.Spread, book.Mid));
        Assert.Equal(20, book.SpreadBps, 9);
        // Three quarters of the quantity are bid, so the price is three quarters of the way up.
        Assert.Equal(100.05, book.MicroPrice, 9);
        Assert.Equal(0.5, book.Imbalance, 9);
        // 20 basis points of 100 reach from 99.80 to 100.20, both included.
        var depth = book.DepthWithin(20);
        Assert.Equal(new BookDepth(4, 5, (99.9m * 3) + 99.8m, 100.1m + (100.2m * 4)), depth);
        Assert.Equal(-1.0 / 9, depth.Imbalance, 9);
        Assert.Equal(new BookDepth(0, 0, 0, 0), book.DepthWithin(9));
        Assert.Equal(0, book.DepthWithin(0).Imbalance);
        Assert.Throws<ArgumentOutOfRangeException>(() => book.DepthWithin(-1));
    }

    [Fact]
    public void A_side_that_is_empty_leaves_the_figures_without_a_value()
    {
        var book = Loaded(10, bids: "99.9 3", asks: "");
        Assert.Equal((0m, 0m, default), (book.Spread, book.Mid, book.BestAsk));
        Assert.All([book.SpreadBps, book.MicroPrice, book.Imbalance], value => Assert.Equal(double.NaN, value));
        Assert.Equal(default, book.DepthWithin(100));
    }

    [Fact]
    public void A_change_sets_quantities_and_zero_takes_a_level_out()
    {
        var book = Loaded(10, bids: "99 1, 98 2", asks: "101 1");
        Assert.Equal(BookOutcome.Applied, book.Apply(Change(11, 13, bids: "99 0, 97 5, 96 0", asks: "100 7")));
        Assert.Equal(Levels("97 5, 98 2"), book.Bids);
        Assert.Equal(Levels("101 1, 100 7"), book.Asks);
        Assert.Equal(13, book.LastUpdateId);
    }

    [Theory]
    [InlineData(9, 10, BookOutcome.Ignored)]
    [InlineData(5, 6, BookOutcome.Ignored)]
    [InlineData(11, 11, BookOutcome.Applied)]
    [InlineData(9, 12, BookOutcome.Applied)]
    [InlineData(12, 12, BookOutcome.ResyncNeeded)]
    public void A_change_must_join_on_to_the_book(long first, long last, BookOutcome outcome)
    {
        var book = Loaded(10, bids: "99 1", asks: "101 1");
        Assert.Equal(outcome, book.Apply(Change(first, last, bids: "98 1")));
        Assert.Equal(outcome != BookOutcome.ResyncNeeded, book.IsKnown);
        Assert.Equal(outcome == BookOutcome.ResyncNeeded, book.Bids.IsEmpty);
    }

    [Fact]
    public void After_a_gap_changes_are_kept_until_the_next_snapshot()
    {
        var book = Loaded(10, bids: "99 1", asks: "101 1");
        Assert.Equal(BookOutcome.ResyncNeeded, book.Apply(Change(12, 13, bids: "97 1")));
        Assert.Equal(BookOutcome.Kept, book.Apply(Change(14, 15, bids: "96 1")));
        // Older than the first change that was kept, which stays.
        Assert.Equal(BookOutcome.SnapshotTooOld, book.Load(Snapshot(10, bids: "99 1", asks: "101 1")));
        Assert.Equal(BookOutcome.Applied, book.Load(Snapshot(13, bids: "99 1, 97 1", asks: "101 1")));
        Assert.Equal(Levels("96 1, 97 1, 99 1"), book.Bids);
        Assert.Equal(15, book.LastUpdateId);
    }

    [Fact]
    public void A_kept_change_that_begins_right_after_the_snapshot_joins_it()
    {
        var book = new LocalBook();
        book.Apply(Change(11, 12, bids: "98 1"));
        Assert.Equal(BookOutcome.Applied, book.Load(Snapshot(10, bids: "99 1", asks: "101 1")));
        Assert.Equal(12, book.LastUpdateId);
    }

    [Fact]
    public void Of_kept_changes_those_before_a_gap_are_dropped()
    {
        var book = new LocalBook();
        book.Apply(Change(11, 12, bids: "98 1"));
        book.Apply(Change(15, 16, bids: "97 1"));
        book.Apply(Change(15, 16, bids: "97 1"));
        Assert.Equal(BookOutcome.SnapshotTooOld, book.Load(Snapshot(11, bids: "99 1", asks: "101 1")));
        Assert.Equal(BookOutcome.Applied, book.Load(Snapshot(20, bids: "99 1", asks: "101 1")));
        Assert.Equal(Levels("99 1"), book.Bids);
    }

    [Fact]
    public void The_wait_for_a_snapshot_has_a_bound()
    {
        var book = new LocalBook(keptChanges: 3);
        for (var id = 1; id <= 7; id++) book.Apply(Change(id, id, bids: "98 1"));
        Assert.Equal(BookOutcome.SnapshotTooOld, book.Load(Snapshot(4, bids: "99 1", asks: "101 1")));
        Assert.Equal(BookOutcome.Applied, book.Load(Snapshot(6, bids: "99 1", asks: "101 1")));
    }

    [Theory]
    [InlineData("101 1", "")]
    [InlineData("", "99 1")]
    [InlineData("98 -1", "")]
    [InlineData("0 1", "")]
    public void A_book_that_cannot_be_is_thrown_away(string bids, string asks)
    {
        var book = Loaded(10, bids: "99 1", asks: "101 1");
        Assert.Equal(BookOutcome.ResyncNeeded, book.Apply(Change(11, 11, bids, asks)));
        Assert.False(book.IsKnown);
        Assert.Equal(BookOutcome.ResyncNeeded, new LocalBook().Load(Snapshot(1, bids.Length > 0 ? bids + ", 100 1" : "100 1", asks.Length > 0 ? asks : "100 1")));
    }

    [Fact]
    public void A_snapshot_older_than_the_book_changes_nothing_and_a_lost_connection_clears_it()
    {
        var book = Loaded(10, bids: "99 1", asks: "101 1");
        Assert.Equal(BookOutcome.Ignored, book.Load(Snapshot(9, bids: "98 1", asks: "101 1")));
        Assert.Equal(Levels("99 1"), book.Bids);
        book.Clear();
        Assert.False(book.IsKnown);
        Assert.Equal(BookOutcome.Kept, book.Apply(Change(11, 11, bids: "98 1")));
    }

    [Fact]
    public void Memory_in_which_a_kept_change_came_may_be_used_again()
    {
        var levels = Levels("98 1");
        var book = new LocalBook();
        book.Apply(new BookChange(11, 11, levels, default));
        levels[0] = new PriceLevel(97, 7);
        book.Load(Snapshot(10, bids: "", asks: "101 1"));
        Assert.Equal(Levels("98 1"), book.Bids);
    }

    [Fact]
    public void Beyond_its_capacity_a_side_keeps_the_best_levels()
    {
        var book = new LocalBook(capacity: 3);
        book.Load(Snapshot(1, bids: "95 1, 99 1, 97 1, 98 1, 96 1", asks: "101 1"));
        Assert.Equal(Levels("97 1, 98 1, 99 1"), book.Bids);
        book.Apply(Change(2, 2, bids: "98.5 2, 90 1"));
        Assert.Equal(Levels("98 1, 98.5 2, 99 1"), book.Bids);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Whatever_arrives_a_known_book_is_that_of_the_exchange(int run)
    {
        for (var seed = run * 100; seed < (run * 100) + 60; seed++)
        {
            var random = new Random(seed);
            var exchange = new ListedBook(seed);
            var book = new LocalBook();
            var snapshot = exchange.Snapshot();
            var (known, last) = (0, exchange.Change());
            for (var step = 0; step < 400; step++)
            {
                // Changes get lost, come twice or after the next one, and snapshots arrive some changes after they were taken.
                if (random.Next(4) == 0) snapshot = exchange.Snapshot();
                var change = random.Next(20) == 0 ? last : exchange.Change();
                last = change;
                if (random.Next(30) == 0)
                {
                    var next = exchange.Change();
                    book.Apply(in next);
                }

                if (random.Next(30) != 0) book.Apply(in change);
                if (!book.IsKnown && random.Next(3) == 0) book.Load(in snapshot);
                if (!book.IsKnown || book.LastUpdateId != exchange.LastUpdateId) continue;

                known++;
                Assert.Equal(exchange.SortedBids, book.Bids.ToArray());
                Assert.Equal(exchange.SortedAsks, book.Asks.ToArray());
                if (!book.HasBothSides) continue;
                var (bid, ask) = (exchange.Bids.MaxBy(level => level.Key), exchange.Asks.MinBy(level => level.Key));
                Assert.Equal((bid.Key, ask.Key, ask.Key - bid.Key), (book.BestBid.Price, book.BestAsk.Price, book.Spread));
                Assert.Equal((double)(((bid.Key * ask.Value) + (ask.Key * bid.Value)) / (bid.Value + ask.Value)), book.MicroPrice, 12);
                var (middle, reach) = ((bid.Key + ask.Key) / 2, (bid.Key + ask.Key) / 2 * 1_000 / 10_000);
                Assert.Equal(
                    new BookDepth(
                        exchange.Bids.Where(level => level.Key >= middle - reach).Sum(level => level.Value),
                        exchange.Asks.Where(level => level.Key <= middle + reach).Sum(level => level.Value),
                        exchange.Bids.Where(level => level.Key >= middle - reach).Sum(level => level.Key * level.Value),
                        exchange.Asks.Where(level => level.Key <= middle + reach).Sum(level => level.Key * level.Value)),
                    book.DepthWithin(1_000));
            }

            Assert.True(known > 40, $"seed {seed}: the book was known {known} times only");
        }
    }

    [Fact]
    public void A_change_allocates_nothing()
    {
        var exchange = new ListedBook(5);
        var book = new LocalBook();
        book.Load(exchange.Snapshot());
        BookChange[] changes = [.. Enumerable.Range(0, 8_000).Select(_ => exchange.Change())];
        foreach (var change in changes.AsSpan(0, 2_000)) book.Apply(in change);
        var next = 2_000;

        Assert.Equal(0, Allocation.Least(ApplyThousand));
        Assert.Equal(exchange.LastUpdateId, book.LastUpdateId);

        void ApplyThousand()
        {
            foreach (var change in changes.AsSpan(next, 1_000)) book.Apply(in change);
            next += 1_000;
        }
    }

    private static LocalBook Loaded(long id, string bids, string asks)
    {
        var book = new LocalBook();
        Assert.Equal(BookOutcome.Applied, book.Load(Snapshot(id, bids, asks)));
        return book;
    }

    private static BookSnapshot Snapshot(long id, string bids, string asks) => new(id, Levels(bids), Levels(asks));

    private static BookChange Change(long first, long last, string bids = "", string asks = "") => new(first, last, Levels(bids), Levels(asks));

    private static PriceLevel[] Levels(string text) =>
        [.. text.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(level => level.Split(' ')).Select(level => new PriceLevel(decimal.Parse(level[0], System.Globalization.CultureInfo.InvariantCulture), decimal.Parse(level[1], System.Globalization.CultureInfo.InvariantCulture)))];
}
