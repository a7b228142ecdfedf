using OrleansTrader.Core.Market;

namespace OrleansTrader.Bench;

/// <summary>The trades and the exact final equity of the cross, computed plainly in decimals, with each average summed anew.</summary>
internal static class IndependentCross
{
    public static (int Trades, decimal Equity) Run(ReadOnlySpan<Candle> bars, decimal cash, decimal step, decimal tick)
    {
        var held = 0m;
        var trades = 0;
        var wish = 0;
        for (var i = 0; i < bars.Length; i++)
        {
            if (wish != 0)
            {
                var price = OnTick(bars[i].Open, tick, wish > 0 ? MidpointRounding.ToPositiveInfinity : MidpointRounding.ToNegativeInfinity);
                if (wish > 0)
                {
                    held = Math.Floor(cash / price / step) * step;
                    cash -= held * price;
                }
                else
                {
                    cash += held * price;
                    held = 0;
                    trades++;
                }

                wish = 0;
            }

            if (i < 29) continue;
            var isUp = Mean(bars, i, 10) > Mean(bars, i, 30);
            if (isUp && held == 0) wish = 1;
            else if (!isUp && held > 0) wish = -1;
        }

        return (trades, cash + (held * OnTick(bars[^1].Close, tick, MidpointRounding.ToEven)));
    }

    private static double Mean(ReadOnlySpan<Candle> bars, int last, int period)
    {
        var sum = 0.0;
        for (var i = last - period + 1; i <= last; i++) sum += bars[i].Close;
        return sum / period;
    }

    private static decimal OnTick(double price, decimal tick, MidpointRounding rounding) => Math.Round((decimal)price / tick, rounding) * tick;
}
