using OrleansTrader.Core.Market;

namespace OrleansTrader.ExchangeSimulator.Markets;

/// <summary>Makes the ticks of a bar: from its open by way of both extremes to its close, in straight lines, its volume spread evenly.</summary>
internal sealed class BarWalk(MarketOptions options, Interval interval)
{
    private static readonly TimeSpan LastMoment = TimeSpan.FromMilliseconds(1);

    /// <summary>Open, high, low, close and volume of the ticks are those of the bar, prices rounded to the tick and volume to the step.</summary>
    /// <param name="opensAt">When the bar opens on the exchange's clock.</param>
    /// <param name="previous">The price before the bar; 0 when there is none.</param>
    public MarketTick[] Ticks(SymbolRules rules, in Candle bar, DateTime opensAt, decimal previous)
    {
        var legs = options.TicksPerLeg;
        Span<double> stations = IsLowFirst(in bar) ? [bar.Open, bar.Low, bar.High, bar.Close] : [bar.Open, bar.High, bar.Low, bar.Close];
        var ticks = new MarketTick[1 + (3 * legs)];
        var left = rules.FloorToStep((decimal)bar.Volume);
        var each = rules.FloorToStep(left / ticks.Length);
        var length = interval.Length - LastMoment;
        for (var i = 0; i < ticks.Length; i++)
        {
            var leg = i == 0 ? 0 : (i - 1) / legs;
            var way = i == 0 ? 0 : (double)(i - (leg * legs)) / legs;
            var price = rules.RoundToTick(stations[leg] + ((stations[leg + 1] - stations[leg]) * way));
            if (price <= 0) price = rules.TickSize;
            var quantity = i == ticks.Length - 1 ? left : each;
            left -= quantity;
            var time = opensAt + new TimeSpan(length.Ticks * i / (ticks.Length - 1) / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond);
            ticks[i] = new MarketTick(time, price, quantity, IsBuyerMaker: previous > 0 && price < previous);
            previous = price;
        }

        return ticks;
    }

    private bool IsLowFirst(in Candle bar) => options.Path switch
    {
        BarPath.LowFirst => true,
        BarPath.HighFirst => false,
        _ => bar.Close >= bar.Open,
    };
}
