using OrleansTrader.Silo.Valuation;

namespace OrleansTrader.Api;

/// <summary>Figures in the currency in which the owner wants to see them too, all at one rate, rounded to 8 decimals; null where the rate is not known.</summary>
/// <param name="Symbol">The symbol whose close is the rate.</param>
/// <param name="Rate">One of the account's currency in this one.</param>
/// <param name="Time">Close time of the bar that told the rate, UTC.</param>
/// <param name="Equity">Left out of results.</param>
/// <param name="Pnl">Profit or loss in all: of the account realised and open, of results that of the closed trades.</param>
/// <param name="OpenPnl">Left out of results.</param>
/// <param name="Text">The rate in one sentence, or why there is none.</param>
public sealed record ValuationAnswer(string Currency, string Symbol, decimal? Rate, DateTime? Time, decimal? Equity, decimal? Pnl, decimal? OpenPnl, decimal? Fees, string Text)
{
    /// <param name="equity">Null to leave it out, and so the open profit.</param>
    internal static ValuationAnswer? Of(CurrencyRate? rate, decimal? equity, decimal pnl, decimal? open, decimal fees) => rate is null ? null : new ValuationAnswer(
        rate.Pair.To,
        rate.Pair.Rules.Symbol,
        rate.Rate,
        rate.Time,
        equity is { } money ? rate.Convert(money) : null,
        rate.Convert(pnl),
        open is { } part ? rate.Convert(part) : null,
        rate.Convert(fees),
        rate.Describe());
}
