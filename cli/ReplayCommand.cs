using System.CommandLine;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using OrleansTrader.Adapters.Feeds;
using OrleansTrader.Adapters.StrategyFiles;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Ports;
using OrleansTrader.GrainInterfaces;
using OrleansTrader.Silo;
using OrleansTrader.Silo.Hosting;
using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Cli;

/// <summary><c>trader replay</c>: the service's own grains over candle files, as fast as they go, with state that is thrown away.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        var arguments = new RunArguments();
        var command = new Command("replay", "Drives the grains of the service over recorded candles, as fast as they go, and keeps nothing");
        arguments.AddTo(command);
        command.Runs(async (parsed, cancellation) =>
        {
            var settings = arguments.Settings(parsed);
            await StrategyNotes.WriteAsync(settings);
            var feed = await MarketTapes.FeedAsync(settings.Market, cancellation);
            var report = await RunProgress.ShowAsync("replay", progress => RunAsync(settings, feed, progress, cancellation));
            await report.WriteAsync(arguments.IsJson(parsed));
            return 0;
        });
        return command;
    }

    private static async Task<RunReport> RunAsync(TraderSettings settings, ReplayFeed feed, Action<double> progress, CancellationToken cancellation)
    {
        var memory = new ThrowAwayState();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.AddThrowAwayTrader(settings, feed, memory);
        using var host = builder.Build();
        await host.StartAsync(cancellation);

        var grains = host.Services.GetRequiredService<IGrainFactory>();
        var service = host.Services.GetRequiredService<ServiceInfo>();
        await TradingSession.OpenAsync(grains, feed, service, cancellation);
        var start = Stopwatch.GetTimestamp();
        await StepToTheEndAsync(grains.GetGrain<IStrategyGrain>(service.StrategyKey), feed, progress, cancellation);
        var took = Stopwatch.GetElapsedTime(start);

        var account = await grains.GetGrain<IPortfolioGrain>(service.Account).CopyStateAsync()
            ?? throw new InvalidOperationException("The account failed at the end of the run.");
        await RefuseHaltedAsync(grains, service);
        // The report reads it after this.
        var record = new RunRecord();
        await foreach (var batch in memory.Journal.ReadAsync(service.Account, 1, cancellation)) record.Add(batch.Facts.AsSpan());
        await host.StopAsync(cancellation);
        return new RunReport(account, await MarketTapes.OfAsync(feed), record, took);
    }

    private static async Task StepToTheEndAsync(IStrategyGrain strategy, ReplayFeed feed, Action<double> progress, CancellationToken cancellation)
    {
        for (long step = 1; ; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            var outcome = await strategy.StepAsync();
            if (outcome == StepOutcome.Ended) return;
            if (outcome != StepOutcome.Done) throw new InvalidOperationException($"Step {step} ended as {outcome}.");
            if (step % 100 == 0) progress((double)step / feed.StepTimes.Count);
        }
    }

    /// <summary>The service would trade the other symbols on; the figures of a run would be taken for those of all.</summary>
    private static async Task RefuseHaltedAsync(IGrainFactory grains, ServiceInfo service)
    {
        foreach (var symbol in service.Symbols)
            if ((await grains.GetGrain<ISymbolGrain>(symbol).ViewAsync()).Problem is { } problem)
                throw new OwnStrategyException(problem);
    }
}
