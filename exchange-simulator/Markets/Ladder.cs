using OrleansTrader.Core.Market;
using OrleansTrader.Core.Market.Books;

namespace OrleansTrader.ExchangeSimulator.Markets;

/// <summary>What the market around the accounts bids and asks: levels around the last price, new with every tick, used up by who takes.</summary>
internal sealed class Ladder(MarketOptions options, SymbolRules rules, long seed)
{
    private const double LeastShare = 0.5;
    private const double GrowthPerLevel = 0.25;

    private readonly PriceLevel[] _bids = new PriceLevel[options.Levels];
    private readonly PriceLevel[] _asks = new PriceLevel[options.Levels];
    private long _moves;
    private decimal _price;
    private bool _isLaid = true;

    /// <summary>The best first; a quantity of 0 was taken.</summary>
    public ReadOnlySpan<PriceLevel> Bids => Laid(_bids);

    /// <summary>The best first; a quantity of 0 was taken.</summary>
    public ReadOnlySpan<PriceLevel> Asks => Laid(_asks);

    /// <summary>Has all levels laid anew around a price.</summary>
    public void MoveTo(decimal price)
    {
        _moves++;
        (_price, _isLaid) = (price, false);
    }

    /// <summary>Levels are laid when somebody looks: most prices pass unseen.</summary>
    private PriceLevel[] Laid(PriceLevel[] levels)
    {
        if (!_isLaid) Lay(_price);
        _isLaid = true;
        return levels;
    }

    private void Lay(decimal price)
    {
        var middle = (double)price;
        var half = options.HalfSpreadBps / 10_000;
        var (bid, ask) = (rules.RoundDownToTick(middle * (1 - half)), rules.RoundUpToTick(middle * (1 + half)));
        if (bid >= price) bid = price - rules.TickSize;
        if (ask <= price) ask = price + rules.TickSize;
        var gap = Math.Max(rules.TickSize, rules.RoundToTick(middle * options.LevelGapBps / 10_000));
        for (var i = 0; i < _bids.Length; i++)
        {
            var below = bid - (i * gap);
            _bids[i] = below > 0 ? new PriceLevel(below, QuantityAt(i, below, side: 0)) : default;
            var above = ask + (i * gap);
            _asks[i] = new PriceLevel(above, QuantityAt(i, above, side: 1));
        }
    }

    /// <summary>Takes so much from the level at that price.</summary>
    public void Take(OrderSide takerSide, decimal price, decimal quantity)
    {
        var levels = Laid(takerSide == OrderSide.Buy ? _asks : _bids);
        for (var i = 0; i < levels.Length; i++)
        {
            if (levels[i].Price != price) continue;
            levels[i] = levels[i] with { Quantity = levels[i].Quantity - quantity };
            return;
        }
    }

    private decimal QuantityAt(int level, decimal price, ulong side)
    {
        // SplitMix64, so that a level's size depends on seed, move and place alone.
        var z = unchecked((ulong)seed + (((ulong)_moves * 2_000_003UL) + ((ulong)level * 2) + side) * 0x9E3779B97F4A7C15UL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        z ^= z >> 31;
        var share = LeastShare + ((z >> 11) * (1.0 / (1UL << 53)));
        var quantity = rules.FloorToStep((decimal)(options.LevelNotional * share * (1 + (GrowthPerLevel * level)) / (double)price));
        return quantity > 0 ? quantity : rules.StepSize;
    }
}
