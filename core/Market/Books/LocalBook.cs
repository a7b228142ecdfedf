namespace OrleansTrader.Core.Market.Books;

/// <summary>
/// The order book of one symbol, kept from a snapshot and the changes since, by Binance's rules: changes are kept until there is a
/// snapshot; old ones are ignored; after a missed one the book is thrown away, since no data is better than wrong data.
/// </summary>
/// <remarks>
/// Levels beyond those of the snapshot are unknown until they change, and the farthest go when there are too many. A book whose best
/// bid reaches its best ask is wrong and is thrown away too. Not for use by several threads at once.
/// </remarks>
public sealed class LocalBook
{
    private readonly BookSide _bids;
    private readonly BookSide _asks;
    private readonly KeptChanges _kept;

    /// <param name="capacity">The most levels on a side, 1 or more.</param>
    /// <param name="keptChanges">The most changes that wait for a snapshot, 1 or more; beyond them the wait begins anew.</param>
    public LocalBook(int capacity = 10_000, int keptChanges = 1_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(keptChanges, 1);
        (_bids, _asks, _kept) = (new BookSide(1, capacity), new BookSide(-1, capacity), new KeptChanges(keptChanges));
    }

    /// <summary>True from a snapshot on until a change is missed; while false, the book shows nothing.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>The last update that is in the book; 0 while it is not known.</summary>
    public long LastUpdateId { get; private set; }

    /// <summary>The highest bid; quantity 0 when there is none.</summary>
    public PriceLevel BestBid => _bids.Best;

    /// <summary>The lowest ask; quantity 0 when there is none.</summary>
    public PriceLevel BestAsk => _asks.Best;

    /// <summary>True when there is a bid and an ask, so that the figures between them have a meaning.</summary>
    public bool HasBothSides => _bids.Count > 0 && _asks.Count > 0;

    /// <summary>From the lowest to the highest, which is the best.</summary>
    public ReadOnlySpan<PriceLevel> Bids => _bids.Levels;

    /// <summary>From the highest to the lowest, which is the best.</summary>
    public ReadOnlySpan<PriceLevel> Asks => _asks.Levels;

    /// <summary>Best ask less best bid, in quote currency; 0 without both sides.</summary>
    public decimal Spread => HasBothSides ? BestAsk.Price - BestBid.Price : 0;

    /// <summary>The price half-way between the best ones; 0 without both sides.</summary>
    public decimal Mid => HasBothSides ? (BestAsk.Price + BestBid.Price) / 2 : 0;

    /// <summary>Spread in basis points of the middle; NaN without both sides.</summary>
    public double SpreadBps => HasBothSides ? (double)(10_000 * Spread / Mid) : double.NaN;

    /// <summary>
    /// The price between the best ones, each weighted by the quantity on the other side, in quote currency: nearer to the side that
    /// is about to give way; NaN without both sides.
    /// </summary>
    public double MicroPrice
    {
        get
        {
            if (!HasBothSides) return double.NaN;
            var bidShare = (double)(BestBid.Quantity / (BestBid.Quantity + BestAsk.Quantity));
            return (double)BestBid.Price + ((double)Spread * bidShare);
        }
    }

    /// <summary>Best bid less best ask quantity as a share of both, -1 to 1; NaN without both sides.</summary>
    public double Imbalance => HasBothSides ? new BookDepth(BestBid.Quantity, BestAsk.Quantity, 0, 0).Imbalance : double.NaN;

    /// <summary>What lies within so many basis points of the middle, on either side; nothing without both sides.</summary>
    public BookDepth DepthWithin(decimal bps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bps);
        if (!HasBothSides) return default;
        var (mid, away) = (Mid, Mid * bps / 10_000);
        var (bidQuantity, bidNotional) = Sum(_bids.Levels, mid, away);
        var (askQuantity, askNotional) = Sum(_asks.Levels, mid, away);
        return new BookDepth(bidQuantity, askQuantity, bidNotional, askNotional);
    }

    /// <summary>Takes a snapshot, and the kept changes that follow it.</summary>
    public BookOutcome Load(in BookSnapshot snapshot)
    {
        if (IsKnown && snapshot.LastUpdateId < LastUpdateId) return BookOutcome.Ignored;
        if (!_kept.IsEmpty && snapshot.LastUpdateId + 1 < _kept.FirstUpdateId) return BookOutcome.SnapshotTooOld;

        Forget();
        if (!MakesSense(snapshot.Bids.Span) || !MakesSense(snapshot.Asks.Span)) return BookOutcome.ResyncNeeded;
        Set(snapshot.Bids.Span, snapshot.Asks.Span);
        (LastUpdateId, IsKnown) = (snapshot.LastUpdateId, true);
        if (IsCrossed)
        {
            Forget();
            return BookOutcome.ResyncNeeded;
        }

        while (_kept.TryTake(out var change))
        {
            if (Follow(in change) == BookOutcome.ResyncNeeded) return BookOutcome.ResyncNeeded;
        }

        _kept.Clear();
        return BookOutcome.Applied;
    }

    /// <summary>Takes the next change, or keeps it while there is no snapshot.</summary>
    public BookOutcome Apply(in BookChange change)
    {
        if (IsKnown) return Follow(in change);
        if (!MakesSense(in change)) return BookOutcome.ResyncNeeded;
        _kept.Add(in change);
        return BookOutcome.Kept;
    }

    /// <summary>Throws away the book and the kept changes, as after a lost connection.</summary>
    public void Clear()
    {
        Forget();
        _kept.Clear();
    }

    private bool IsCrossed => HasBothSides && BestBid.Price >= BestAsk.Price;

    private BookOutcome Follow(in BookChange change)
    {
        if (change.LastUpdateId <= LastUpdateId && change.FirstUpdateId <= change.LastUpdateId) return BookOutcome.Ignored;
        if (!MakesSense(in change))
        {
            Clear();
            return BookOutcome.ResyncNeeded;
        }

        if (change.FirstUpdateId > LastUpdateId + 1)
        {
            Forget();
            _kept.Add(in change);
            return BookOutcome.ResyncNeeded;
        }

        Set(change.Bids.Span, change.Asks.Span);
        LastUpdateId = change.LastUpdateId;
        if (!IsCrossed) return BookOutcome.Applied;
        Clear();
        return BookOutcome.ResyncNeeded;
    }

    private void Set(ReadOnlySpan<PriceLevel> bids, ReadOnlySpan<PriceLevel> asks)
    {
        foreach (ref readonly var bid in bids) _bids.Set(in bid);
        foreach (ref readonly var ask in asks) _asks.Set(in ask);
    }

    private void Forget()
    {
        _bids.Clear();
        _asks.Clear();
        (LastUpdateId, IsKnown) = (0, false);
    }

    private static bool MakesSense(in BookChange change) =>
        change.FirstUpdateId <= change.LastUpdateId && MakesSense(change.Bids.Span) && MakesSense(change.Asks.Span);

    private static bool MakesSense(ReadOnlySpan<PriceLevel> levels)
    {
        foreach (ref readonly var level in levels)
        {
            if (level.Price <= 0 || level.Quantity < 0) return false;
        }

        return true;
    }

    private static (decimal Quantity, decimal Notional) Sum(ReadOnlySpan<PriceLevel> levels, decimal mid, decimal away)
    {
        var (quantity, notional) = (0m, 0m);
        for (var i = levels.Length - 1; i >= 0 && Math.Abs(levels[i].Price - mid) <= away; i--)
        {
            quantity += levels[i].Quantity;
            notional += levels[i].Price * levels[i].Quantity;
        }

        return (quantity, notional);
    }
}
