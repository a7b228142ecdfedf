using OrleansTrader.Core.Market;

namespace OrleansTrader.Bench;

/// <summary>
/// The calibration: a moving-average cross with fills at the next open, as a good engineer writes it by hand for speed. One
/// pass over the bars as events, each seen once: the last closes are kept in a ring, the sums roll, all is double. It has no
/// account, no orders, rules, reports or drawdown, and no other strategy fits in; the general engine is measured against it.
/// </summary>
internal static class BareLoop
{
    public static (int Trades, double Equity) Run(ReadOnlySpan<Candle> bars, double cash, double step, double tick)
    {
        const int Fast = 10;
        const int Slow = 30;
        const int Mask = 31;
        Span<double> closes = stackalloc double[Mask + 1];
        closes.Clear();
        var fastSum = 0.0;
        var slowSum = 0.0;
        var held = 0.0;
        var lastClose = 0.0;
        var trades = 0;
        var wish = 0;
        var seen = 0;

        foreach (ref readonly var bar in bars)
        {
            if (wish != 0)
            {
                if (wish > 0)
                {
                    var price = Math.Ceiling(bar.Open / tick) * tick;
                    held = Math.Floor(cash / (price * step)) * step;
                    cash -= held * price;
                }
                else
                {
                    cash += held * Math.Floor(bar.Open / tick) * tick;
                    held = 0;
                    trades++;
                }

                wish = 0;
            }

            lastClose = bar.Close;
            fastSum += lastClose - closes[(seen - Fast) & Mask];
            slowSum += lastClose - closes[(seen - Slow) & Mask];
            closes[seen & Mask] = lastClose;
            if (++seen < Slow) continue;

            var isUp = fastSum * Slow > slowSum * Fast;
            if (isUp && held == 0) wish = 1;
            else if (!isUp && held > 0) wish = -1;
        }

        return (trades, cash + (held * Math.Round(lastClose / tick) * tick));
    }
}
