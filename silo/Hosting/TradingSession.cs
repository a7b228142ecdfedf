using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansTrader.Core.Ports;
using OrleansTrader.GrainInterfaces;
using OrleansTrader.GrainInterfaces.Views;

namespace OrleansTrader.Silo.Hosting;

/// <summary>Opens the account when everything else has started, the page included: a start that fails leaves the account as it was.</summary>
public sealed partial class TradingSession(IGrainFactory grains, IExchangeConnector connector, MarketChoice market, ServiceInfo service, ILogger<TradingSession> log) : IHostedLifecycleService
{
    /// <summary>The account as this start found it; null before.</summary>
    public PortfolioView? Found { get; private set; }

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        foreach (var problem in market.Problems) LogProblem(log, problem);
        if (market.IndexNote is { } note) LogProblem(log, note);
        foreach (var advice in service.Advice) LogProblem(log, advice);
        Found = await OpenAsync(grains, market.Feed, service, cancellationToken);
        // It would wait in silence until the clock has come so far.
        if (connector.Connect(service.Account) is ILiveExchange live && Found.StepTime > live.Now + service.Interval.Length)
            throw new AccountNotOpenException(string.Create(CultureInfo.InvariantCulture, $"Account {service.Account} has come to {Found.StepTime:yyyy-MM-dd HH:mm} UTC, and the exchange's clock shows {live.Now:yyyy-MM-dd HH:mm}; for a new rehearsal set another State:Folder or Account:Name."));
        await grains.GetGrain<IStrategyGrain>(service.StrategyKey).StartAsync(service.Speed);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>While every grain is still there, so that what comes back is booked, and what follows from it is sent.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (Found is null) return;
        try
        {
            await grains.GetGrain<IExchangeGrain>(service.Account).FinishAsync().WaitAsync(cancellationToken);
        }
        catch (Exception failed) when (failed is OperationCanceledException or TimeoutException or OrleansException)
        {
            // The next start goes on with the journal.
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Opens the account on the market, or finds it open.</summary>
    /// <exception cref="AccountNotOpenException">Its journal fails, it is bound to another market, or it is invested in a symbol that this one does not have.</exception>
    public static async Task<PortfolioView> OpenAsync(IGrainFactory grains, IMarketFeed feed, ServiceInfo service, CancellationToken cancellation)
    {
        var first = await feed.NextAsync(DateTime.MinValue, cancellation);
        // A live market has no bar to begin with; for this one it begins now.
        var start = first is null ? service.StartedAt.UtcDateTime : first.Bars[0].Candle.OpenTime;
        var opening = new AccountOpening(service.Cash, service.BindingTo(feed), feed.Interval, [.. feed.Symbols], start, service.Strategy, service.Terms) { Limits = service.Limits, FirstDayOrderValue = service.FirstDayOrderValue, HandOver = [.. service.HandOver], At = service.StartedAt.UtcDateTime };
        var portfolio = grains.GetGrain<IPortfolioGrain>(service.Account);
        var opened = await portfolio.OpenAsync(opening);
        if (opened.Result != OpenResult.Open) throw AccountNotOpenException.Of(opened, service, feed);
        return await portfolio.ViewAsync();
    }

    [LoggerMessage(LogLevel.Warning, "{Problem}")]
    private static partial void LogProblem(ILogger logger, string problem);
}
