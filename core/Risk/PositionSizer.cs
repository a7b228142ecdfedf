using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Risk;

/// <summary>
/// How much an entry may spend: the least of what each rule that is switched on, and has what it needs, allows. A rule that lacks
/// its input abstains. Quote currency throughout, rounded down.
/// </summary>
public static class PositionSizer
{
    /// <summary>Decimals of the quote currency that a budget may have.</summary>
    private const int QuoteDecimals = 8;

    /// <summary>Crypto markets never close.</summary>
    private const double DaysOfYear = 365;

    /// <summary>At least of all rules, the share of equity that a position may cost included; cash is not looked at.</summary>
    public static decimal Budget(in EntryRequest entry, RiskLimits limits, decimal stop)
    {
        var budget = Exact.Product(entry.Equity, limits.MaxPositionShare);
        if (entry.Signal.Parts > 1 || Exact.IsPositive(entry.Held)) return Money(Part(in entry, limits, stop, budget));
        return limits.HasSizing ? Money(Exact.Least(budget, Least(in entry, limits, stop))) : Money(budget);
    }

    /// <summary>What may be bought so that its fall to the stop costs the given share of equity.</summary>
    /// <param name="share">Share of equity that is lost at the stop, before fees.</param>
    public static decimal FixedFraction(decimal equity, decimal share, decimal price, decimal stop) =>
        Money(equity * share * price / (price - stop));

    /// <summary>What may be held so that its yearly swing is the given share of equity.</summary>
    /// <param name="volatility">Annualised volatility of the symbol as a share, above 0.</param>
    public static decimal VolatilityTarget(decimal equity, decimal share, double volatility)
    {
        var budget = (double)equity * (double)share / volatility;
        return budget < (double)equity ? Money((decimal)budget) : equity;
    }

    /// <summary>Kelly's share of equity for a bet that wins <paramref name="payoff"/> times its stake with the given probability; at least 0. Source: Kelly, A New Interpretation of Information Rate (1956).</summary>
    public static double KellyShare(double probability, double payoff) =>
        Math.Max(0, probability - ((1 - probability) / payoff));

    /// <summary>What a fraction of Kelly's share allows: 0 on thin evidence, null when nothing is known of the odds.</summary>
    /// <param name="loss">What is lost of each unit of money at the stop, a share of the price.</param>
    /// <param name="payoff">What the target earns beside what the stop loses; NaN without a target, which counts as 1, as where the odds are counted.</param>
    public static decimal? Kelly(decimal equity, RiskLimits limits, WinOdds odds, double payoff, double loss)
    {
        if (!(loss > 0) || payoff <= 0) return null;
        if (odds.IsThin(limits.KellyMinTrades)) return 0;
        if (!odds.IsKnown) return null;
        // The stake of the bet is what the stop loses, not what the position costs.
        var share = KellyShare(odds.Probability, double.IsNaN(payoff) ? 1 : payoff);
        var staked = Math.Min((double)limits.KellyFraction * share, (double)limits.KellyMaxRisk);
        var budget = (double)equity * staked / loss;
        return budget < (double)equity ? Money((decimal)budget) : equity;
    }

    /// <summary>The same for an entry whose signal names a stop and a target.</summary>
    internal static decimal? Kelly(in EntryRequest entry, RiskLimits limits)
    {
        if (!entry.Signal.IsProtected) return null;
        var (gain, loss) = (entry.Signal.Target - entry.Price, entry.Price - entry.Signal.Stop);
        return Kelly(entry.Equity, limits, entry.Market.Odds, gain / loss, loss / entry.Price);
    }

    internal static decimal Money(decimal amount) =>
        amount.Scale <= QuoteDecimals ? amount : decimal.Round(amount, QuoteDecimals, MidpointRounding.ToZero);

    /// <summary>One part of what the whole position may be, and no more than it still lacks.</summary>
    private static decimal Part(in EntryRequest entry, RiskLimits limits, decimal stop, decimal most)
    {
        var whole = limits.HasSizing ? Math.Min(most, Whole(in entry, limits, stop)) : most;
        var part = Math.Min(whole / Math.Max((int)entry.Signal.Parts, 1), Room(whole, entry.Held));
        return limits.HasSizing ? Bounded(in entry, limits, part) : part;
    }

    private static decimal Least(in EntryRequest entry, RiskLimits limits, decimal stop) =>
        Bounded(in entry, limits, Whole(in entry, limits, stop));

    /// <summary>What the rules of size allow a position to be.</summary>
    private static decimal Whole(in EntryRequest entry, RiskLimits limits, decimal stop)
    {
        var budget = entry.Equity;
        var price = (decimal)entry.Price;
        if (limits.RiskPerTrade > 0 && stop > 0) budget = Math.Min(budget, FixedFraction(entry.Equity, limits.RiskPerTrade, price, stop));
        if (limits.VolatilityTarget > 0 && VolatilityOf(in entry, stop) is > 0 and var volatility)
            budget = Math.Min(budget, VolatilityTarget(entry.Equity, limits.VolatilityTarget, volatility));
        if (limits.KellyFraction > 0 && Kelly(in entry, limits) is { } kelly) budget = Math.Min(budget, kelly);
        return budget;
    }

    /// <summary>What the limits on exposure leave of a budget.</summary>
    private static decimal Bounded(in EntryRequest entry, RiskLimits limits, decimal budget)
    {
        if (limits.MaxSymbolExposure > 0) budget = Math.Min(budget, Room(entry.Equity * limits.MaxSymbolExposure, entry.SymbolExposure));
        if (limits.MaxExposure > 0) budget = Math.Min(budget, Room(entry.Equity * limits.MaxExposure, entry.TotalExposure));
        // Where nobody knows what moves with it, the symbol is at least one of its own cluster.
        if (limits.MaxClusterExposure > 0)
            budget = Math.Min(budget, Room(entry.Equity * limits.MaxClusterExposure, entry.ClusterExposure >= 0 ? entry.ClusterExposure : entry.SymbolExposure));
        return budget;
    }

    /// <summary>Where nobody has measured it, the distance of the stop stands for the move of one day.</summary>
    private static double VolatilityOf(in EntryRequest entry, decimal stop) =>
        entry.Market.Volatility > 0 ? entry.Market.Volatility
        : stop > 0 ? (entry.Price - (double)stop) / entry.Price * Math.Sqrt(DaysOfYear)
        : 0;

    private static decimal Room(decimal limit, decimal taken) => Math.Max(0, limit - taken);
}
