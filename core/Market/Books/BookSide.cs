namespace OrleansTrader.Core.Market.Books;

/// <summary>One side of a book, sorted, the best price last: there the changes come, and there they move few levels.</summary>
/// <param name="sign">+1 for bids, of which the highest is the best; -1 for asks.</param>
/// <param name="capacity">The most levels that are kept; the farthest go first.</param>
internal sealed class BookSide(int sign, int capacity)
{
    private PriceLevel[] _levels = new PriceLevel[Math.Min(capacity, 64)];
    private int _count;

    public int Count => _count;

    /// <summary>From the worst price to the best.</summary>
    public ReadOnlySpan<PriceLevel> Levels => _levels.AsSpan(0, _count);

    public PriceLevel Best => _count > 0 ? _levels[_count - 1] : default;

    public void Clear() => _count = 0;

    /// <summary>Puts the quantity at the price; 0 takes the level out, if it is there.</summary>
    public void Set(in PriceLevel level)
    {
        var place = PlaceOf(level.Price);
        var isThere = place < _count && _levels[place].Price == level.Price;
        if (level.Quantity == 0)
        {
            if (isThere) RemoveAt(place);
        }
        else if (isThere)
        {
            _levels[place] = level;
        }
        else
        {
            Insert(place, in level);
        }
    }

    // The first level that is not worse than the price; changes come near the best, so the search starts there.
    private int PlaceOf(decimal price)
    {
        var (low, high) = (0, _count);
        for (var step = 1; high > 0; step *= 2)
        {
            var probe = Math.Max(0, _count - step);
            if (IsWorse(_levels[probe].Price, price))
            {
                low = probe + 1;
                break;
            }

            high = probe;
        }

        while (low < high)
        {
            var middle = (low + high) / 2;
            if (IsWorse(_levels[middle].Price, price)) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private bool IsWorse(decimal price, decimal than) => sign > 0 ? price < than : price > than;

    private void Insert(int place, in PriceLevel level)
    {
        if (_count == capacity)
        {
            // Beyond the farthest level that is kept nothing is known anyway.
            if (place == 0) return;
            _levels.AsSpan(1, place - 1).CopyTo(_levels);
            _levels[place - 1] = level;
            return;
        }

        if (_count == _levels.Length) Array.Resize(ref _levels, Math.Min(capacity, 2 * _count));
        _levels.AsSpan(place, _count - place).CopyTo(_levels.AsSpan(place + 1));
        _levels[place] = level;
        _count++;
    }

    private void RemoveAt(int place)
    {
        _count--;
        _levels.AsSpan(place + 1, _count - place).CopyTo(_levels.AsSpan(place));
    }
}
