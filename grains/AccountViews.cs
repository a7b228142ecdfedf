using System.Collections.Immutable;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Regimes;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using OrleansTrader.GrainInterfaces.Views;

namespace OrleansTrader.Grains;

/// <summary>An account as a person sees it.</summary>
internal static class AccountViews
{
    /// <summary>Of average prices; money and quantities are told to their last decimal.</summary>
    public const int PriceDecimals = 8;

    public static PortfolioView ViewOf(AccountState state, EquityPoint? dayBegin) => new(
        state.Name,
        state.Market,
        state.Run,
        state.StepTime,
        state.Sequence,
        state.StartCash,
        state.Flows,
        state.Cash,
        state.Reserved,
        PortfolioFigures.Of(state),
        dayBegin,
        [.. state.Positions.Where(position => !position.IsIdle || position.IsDust).Select(position => ViewOf(position, state.StepTime))],
        [.. state.Orders.Select(ViewOf)],
        state.Sequence == 0 ? "It is not open yet." : null)
    {
        IsKilled = state.Risk.IsKilled,
        PausedBy = state.Risk.PausedBy,
        Arming = state.Arming,
        External = [.. state.Positions.Where(position => position.External != 0 || position.ExternalPaid != 0).Select(ExternalOf)],
    };

    public static DecisionView ViewOf(long sequence, in Fact fact, Decision decision) => new(
        sequence,
        fact.Time,
        fact.Symbol!,
        decision.Kind.ToString().ToLowerInvariant(),
        decision.Describe(fact.Symbol!),
        Texts(decision.Votes, vote => vote.Describe()),
        Texts(decision.Checks, check => check.Describe()),
        decision.Signal.Regime.Describe(),
        decision.Signal.RegimeRules,
        decision.Strategy,
        fact.OrderId,
        decision.Features,
        decision.Model);

    private static PositionView ViewOf(Position position, DateTime time) => new(
        position.Symbol,
        position.State.ToString().ToLowerInvariant(),
        position.TotalQuantity,
        Math.Round(position.IsDust ? position.DustCost / position.Dust : position.Tally.EntryPrice, PriceDecimals),
        position.MarkPrice,
        position.Value,
        position.OpenPnl,
        position.IsDust ? 0 : position.Stop,
        position.IsDust ? 0 : position.Target,
        position.EntryTime,
        (position.Unprotected + Lacking(position, time)).TotalSeconds,
        position.StopRaisedBy,
        position.PartsTaken);

    private static ExternalView ExternalOf(Position position) =>
        new(position.Symbol, position.Rules.BaseAsset, position.External, position.MarkPrice, position.ExternalValue, position.ExternalValue - position.ExternalPaid);

    /// <summary>How long it has lacked its stop at that moment.</summary>
    private static TimeSpan Lacking(Position position, DateTime time) =>
        position.UnprotectedSince != default && time > position.UnprotectedSince ? time - position.UnprotectedSince : TimeSpan.Zero;

    private static OrderView ViewOf(OpenOrder order) => new(
        order.Id,
        order.Request.Symbol,
        order.Request.Side,
        order.Request.Type,
        order.Request.Purpose,
        order.IsCancelRequested ? "cancelling" : order.Status == OrderStatus.Accepted ? "accepted" : "unconfirmed",
        order.Request.Quantity,
        order.Traded,
        order.Request.Budget,
        order.Request.LimitPrice,
        order.Request.StopPrice,
        order.Request.ActiveFrom);

    private static ImmutableArray<string> Texts<T>(ImmutableArray<T> items, Func<T, string> text) =>
        items.IsDefaultOrEmpty ? [] : [.. items.Select(text)];
}
