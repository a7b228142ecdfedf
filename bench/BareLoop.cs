using OrleansTrader.Core.Market;

namespace OrleansTrader.Bench;

/// <summary>
/// The calibration: a moving-average cross with fills at the next open, written by hand in one loop over doubles, without
/// account, orders, rules or reports. It is what the general engine is measured against.
/// </summary>
internal static class BareLoop
{
    public static (int Trades, double Equity) Run(ReadOnlySpan<Candle> bars, double cash, double step, double tick)
    {
        const int Fast = 10;
        const int Slow = 30;
        var fastSum = 0.0;
        var slowSum = 0.0;
        var held = 0.0;
        var trades = 0;
        var wish = 0;

        for (var i = 0; i < bars.Length; i++)
        {
            ref readonly var bar = ref bars[i];
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

            fastSum += bar.Close;
            slowSum += bar.Close;
            if (i >= Fast) fastSum -= bars[i - Fast].Close;
            if (i >= Slow) slowSum -= bars[i - Slow].Close;
            if (i < Slow - 1) continue;

            var isUp = fastSum * Slow > slowSum * Fast;
            if (isUp && held == 0) wish = 1;
            else if (!isUp && held > 0) wish = -1;
        }

        return (trades, cash + (held * Math.Round(bars[^1].Close / tick) * tick));
    }
}
