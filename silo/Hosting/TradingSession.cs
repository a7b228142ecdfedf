using Microsoft.Extensions.Hosting;
using OrleansTrader.Core.Ports;
using OrleansTrader.GrainInterfaces;

namespace OrleansTrader.Silo.Hosting;

/// <summary>Opens the account when the silo has started, and sets the strategy going.</summary>
public sealed class TradingSession(IGrainFactory grains, IMarketFeed feed, ServiceInfo service) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await OpenAsync(grains, feed, service, cancellationToken);
        await grains.GetGrain<IStrategyGrain>(service.StrategyKey).StartAsync(service.Speed);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Opens the account on the market, or finds it open.</summary>
    /// <exception cref="AccountNotOpenException">The account is bound to another market, or its journal fails.</exception>
    public static async Task OpenAsync(IGrainFactory grains, IMarketFeed feed, ServiceInfo service, CancellationToken cancellation)
    {
        var first = await feed.NextAsync(DateTime.MinValue, cancellation);
        var start = first is null ? DateTime.UnixEpoch : first.Bars[0].Candle.OpenTime;
        var opening = new AccountOpening(service.Cash, feed.Description, feed.Interval, [.. feed.Symbols], start);
        var opened = await grains.GetGrain<IPortfolioGrain>(service.Account).OpenAsync(opening);
        if (opened.Result != OpenResult.Open) throw AccountNotOpenException.Of(opened, service.Account, feed.Description);
    }
}
