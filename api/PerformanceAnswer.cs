using OrleansTrader.Core.Accounts.Performance;
using OrleansTrader.GrainInterfaces.Views;

namespace OrleansTrader.Api;

/// <summary>What the account has brought, in quote currency; each list of periods oldest first.</summary>
/// <param name="Paid">What was paid in since it was opened or reset, less what was paid out.</param>
/// <param name="Total">All closed trades.</param>
/// <param name="ByRegime">By the regime in which was bought.</param>
public sealed record PerformanceAnswer(
    decimal Paid,
    ResultsAnswer Total,
    PeriodAnswer[] Days,
    PeriodAnswer[] Weeks,
    PeriodAnswer[] Months,
    ResultsAnswer[] BySymbol,
    ResultsAnswer[] ByStrategy,
    ResultsAnswer[] ByRegime,
    ResultsAnswer[] ByExit)
{
    /// <summary>All closed trades in the other currency that the owner has named, at the rate of now; null where none is.</summary>
    public ValuationAnswer? Valuation { get; init; }

    internal static PerformanceAnswer Of(PerformanceView view) => new(
        view.Paid,
        ResultsAnswer.Of("all", view.Total),
        [.. view.Days.Select(PeriodAnswer.Of)],
        [.. view.Weeks.Select(PeriodAnswer.Of)],
        [.. view.Months.Select(PeriodAnswer.Of)],
        ResultsAnswer.Of(view.BySymbol),
        ResultsAnswer.Of(view.ByStrategy),
        ResultsAnswer.Of(view.ByRegime),
        ResultsAnswer.Of(view.ByExit));
}

/// <summary>A day, week (from Monday) or month.</summary>
/// <param name="From">Its first UTC day.</param>
/// <param name="Pnl">Profit or loss, realised and open.</param>
/// <param name="Return">The same as a share, time-weighted: payments in and out do not count.</param>
/// <param name="Flows">Paid in less paid out.</param>
/// <param name="Trades">Trades that were closed in it.</param>
/// <param name="Realised">What these have brought after fees.</param>
public sealed record PeriodAnswer(DateTime From, double Begin, double End, double Pnl, double Return, decimal Flows, int Trades, int Wins, decimal Realised, decimal Fees)
{
    internal static PeriodAnswer Of(PeriodResult period) => new(
        period.From,
        period.Begin,
        period.End,
        period.Pnl,
        period.Return,
        period.Flows,
        period.Trades.Trades,
        period.Trades.Wins,
        period.Trades.Pnl,
        period.Trades.Fees);
}

/// <summary>A group of closed trades.</summary>
/// <param name="Pnl">After the fees of both sides.</param>
/// <param name="Average">Of <paramref name="Pnl"/>, rounded to 8 decimals.</param>
/// <param name="ProfitFactor">Gains for each unit lost; null while nothing was lost.</param>
/// <param name="HoursHeld">On average.</param>
public sealed record ResultsAnswer(string Name, int Trades, double WinRate, decimal Pnl, decimal Fees, decimal Average, double? ProfitFactor, double HoursHeld)
{
    internal static ResultsAnswer Of(string name, TradeResults results) => new(
        name,
        results.Trades,
        results.WinRate,
        results.Pnl,
        results.Fees,
        Math.Round(results.Average, 8),
        results.ProfitFactor,
        results.Trades == 0 ? 0 : results.Held.TotalHours / results.Trades);

    internal static ResultsAnswer[] Of(IEnumerable<ResultsView> groups) => [.. groups.Select(group => Of(group.Name, group.Results))];
}
