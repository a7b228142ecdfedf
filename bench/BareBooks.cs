using OrleansTrader.Core.Market;

namespace OrleansTrader.Bench;

/// <summary>
/// The calibration: a moving-average cross as a good engineer writes it by hand for speed, with the books that any backtest
/// owes its reader. One pass over the bars, each seen once: rolling sums of the closes, orders that fill at the next open on
/// a tick and a step, exact money (decimals) for cash, fees and the profit of each trade, and at each close the equity and
/// its deepest fall (doubles). It has no account, order, risk check, report or fact, and no other strategy fits in.
/// </summary>
internal static class BareBooks
{
    public static Books Run(ReadOnlySpan<Candle> bars, decimal cash, decimal step, decimal tick, decimal feeRate)
    {
        const int Fast = 10;
        const int Slow = 30;
        const int Mask = 31;
        Span<double> closes = stackalloc double[Mask + 1];
        closes.Clear();
        var (fastSum, slowSum) = (0.0, 0.0);
        var (stepSize, tickSize) = ((double)step, (double)tick);
        var isFree = feeRate == 0;
        var (held, paid, fees) = (0m, 0m, 0m);
        var (cashNow, heldNow) = ((double)cash, 0.0);
        var (peak, floor, deepest) = (cashNow, cashNow, 0.0);
        var (trades, wins, wish, seen) = (0, 0, 0, 0);

        foreach (ref readonly var bar in bars)
        {
            if (wish != 0)
            {
                if (wish > 0)
                {
                    var price = tick * (long)Math.Ceiling(bar.Open / tickSize);
                    var unit = isFree ? price : price * (1 + feeRate);
                    held = step * (long)((double)cash / ((double)unit * stepSize));
                    paid = held * unit;
                    // The doubles may be one step off; the decimals decide.
                    if (paid > cash) (held, paid) = (held - step, paid - (step * unit));
                    if (!isFree)
                    {
                        var fee = FeeOf(held * price, feeRate);
                        paid = (held * price) + fee;
                        fees += fee;
                    }

                    cash -= paid;
                }
                else
                {
                    var got = held * (tick * (long)Math.Floor(bar.Open / tickSize));
                    if (!isFree)
                    {
                        var fee = FeeOf(got, feeRate);
                        got -= fee;
                        fees += fee;
                    }

                    cash += got;
                    if (got > paid) wins++;
                    held = 0;
                    trades++;
                }

                (cashNow, heldNow) = ((double)cash, (double)held);
                wish = 0;
            }

            var close = bar.Close;
            var equity = cashNow + (heldNow * close);
            if (equity > peak)
            {
                peak = equity;
                floor = peak * (1 - deepest);
            }
            else if (equity < floor)
            {
                deepest = (peak - equity) / peak;
                floor = equity;
            }

            fastSum += close - closes[(seen - Fast) & Mask];
            slowSum += close - closes[(seen - Slow) & Mask];
            closes[seen & Mask] = close;
            if (++seen < Slow) continue;

            var isUp = fastSum * Slow > slowSum * Fast;
            if (isUp && heldNow == 0) wish = 1;
            else if (!isUp && heldNow > 0) wish = -1;
        }

        return new Books(trades, wins, fees, cash + (held * tick * (long)Math.Round(bars[^1].Close / tickSize)), deepest);
    }

    private static decimal FeeOf(decimal value, decimal rate) => decimal.Round(value * rate, 8, MidpointRounding.ToZero);

    /// <summary>What a run ends with, in quote currency; the drawdown as a share.</summary>
    internal readonly record struct Books(int Trades, int Wins, decimal Fees, decimal Equity, double MaxDrawdown);
}
