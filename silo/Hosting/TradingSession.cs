using Microsoft.Extensions.Hosting;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Ports;
using OrleansTrader.GrainInterfaces;

namespace OrleansTrader.Silo.Hosting;

/// <summary>Opens the account when the silo has started, and sets the strategy going.</summary>
public sealed class TradingSession(IGrainFactory grains, IMarketFeed feed, ServiceInfo service, StateFolder held) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await OpenAsync(grains, feed, service, cancellationToken);
        await grains.GetGrain<IStrategyGrain>(service.StrategyKey).StartAsync(service.Speed);
    }

    // The state folder belongs to this process until the host has gone.
    public Task StopAsync(CancellationToken cancellationToken)
    {
        GC.KeepAlive(held);
        return Task.CompletedTask;
    }

    /// <summary>Opens the account on the market, or finds it open.</summary>
    /// <exception cref="MarketMismatchException">The account is bound to another market.</exception>
    public static async Task OpenAsync(IGrainFactory grains, IMarketFeed feed, ServiceInfo service, CancellationToken cancellation)
    {
        var first = await feed.NextAsync(DateTime.MinValue, cancellation);
        var start = first is null ? DateTime.UnixEpoch : first.Bars[0].Candle.OpenTime;
        var opening = new AccountOpening(service.Cash, feed.Description, feed.Interval, [.. feed.Symbols], start);
        var opened = await grains.GetGrain<IPortfolioGrain>(service.Account).OpenAsync(opening);
        if (!opened.IsOpen) throw MarketMismatchException.Of(service.Account, opened.Market, feed.Description);
    }
}
