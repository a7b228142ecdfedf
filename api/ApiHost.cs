using System.Globalization;
using System.Net.Sockets;
using OrleansTrader.Api.Security;
using OrleansTrader.Core.Ports;
using OrleansTrader.GrainInterfaces.Views;
using OrleansTrader.Silo;
using OrleansTrader.Silo.Hosting;
using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Api;

/// <summary>Silo, API and dashboard in one process.</summary>
public static class ApiHost
{
    private const int WrongInput = 2;
    private const int CannotStart = 1;
    private const int CannotStop = 1;

    /// <summary>Runs until Ctrl+C; what the owner can get wrong ends in one sentence on stderr.</summary>
    /// <returns>0 after an orderly stop, 2 for a wrong setting, 1 when the start failed otherwise.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        if (StartArguments.AskForHelp(args))
        {
            StartArguments.WriteHelp();
            return 0;
        }

        try
        {
            await using var app = Build(args);
            if (!await TryStartAsync(app)) return app.Lifetime.ApplicationStopping.IsCancellationRequested ? 0 : CannotStart;
            Announce(app);
            await app.WaitForShutdownAsync();
            if (app.Services.GetService<StoreWatch>()?.Problem is { } taken)
            {
                await Console.Error.WriteLineAsync($"error: {taken}");
                return WrongInput;
            }

            Console.WriteLine("Stopped; the account stands as its journal has it.");
            return 0;
        }
        catch (OperatorException error)
        {
            foreach (var line in error.Message.Split(Environment.NewLine)) await Console.Error.WriteLineAsync(Redaction.Clean($"error: {line}"));
            return WrongInput;
        }
        catch (IOException error)
        {
            // The last lines of the log find no room, say: what was traded is in the journal long since.
            await Console.Error.WriteLineAsync(Redaction.Clean($"error: The service could not stop in order: {error.Message.TrimEnd('.')}; the account stands as its journal has it."));
            return CannotStop;
        }
    }

    private static async Task<bool> TryStartAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
            return true;
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Stopped before it was up: an orderly stop too.
        }
        catch (IOException error) when (error.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await Console.Error.WriteLineAsync(Redaction.Clean($"error: {error.Message.TrimEnd('.')}; stop what uses the address, or start with --urls http://127.0.0.1:5081."));
        }
        catch (Exception error) when (error is SocketException or IOException { InnerException: AggregateException or SocketException })
        {
            await Console.Error.WriteLineAsync(Redaction.Clean($"error: The service cannot listen at {string.Join(", ", app.Urls)}: {error.GetBaseException().Message.TrimEnd('.')}; start with another address, such as --urls http://127.0.0.1:5081."));
        }
        catch (Exception error) when (error is not OperatorException)
        {
            // The host has written it to the log with all that belongs to it.
            await Console.Error.WriteLineAsync(Redaction.Clean($"error: The service could not start: {error.Message.TrimEnd('.')}; the logs below {app.Services.GetRequiredService<ServiceInfo>().StateFolder} say more."));
        }

        return false;
    }

    private static WebApplication Build(string[] args)
    {
        StartArguments.Check(args);
        // The page is found beside the program, whatever folder it is started from.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddSettingsFile();
        builder.Configuration.AddEnvironmentVariables();
        builder.Configuration.AddCommandLine(args);
        builder.WebHost.UseStaticWebAssets();
        AccessRules.RefuseOthers(builder.Configuration);
        builder.AddGrains();
        builder.AddAccess();
        builder.Services.AddApi();

        var app = builder.Build();
        app.UseApi();
        app.MapApi();
        app.MapGrainDashboard();
        return app;
    }

    private static void Announce(WebApplication app)
    {
        var service = app.Services.GetRequiredService<ServiceInfo>();
        if (service.Choice is { } choice) Console.WriteLine(choice);
        if (app.Services.GetService<TradingSession>()?.Found is { } account) Announce(account, service);
        else Console.WriteLine($"Account {service.Account}, traded by silos elsewhere.");
        Console.WriteLine($"Market: {service.MarketDescription}.");
        Console.WriteLine($"State: {service.StateFolder}");
        Console.WriteLine($"Dashboard: {string.Join(" ", app.Urls)}");
    }

    private static void Announce(PortfolioView account, ServiceInfo service)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{MoneyOf(service)} {service.Account}, opened with {account.StartCash:N0} in cash, trades {service.Strategy}{(service.StrategyVersion.Length > 0 ? $" (version {service.StrategyVersion} of your file)" : "")} on {string.Join(", ", service.Symbols)}."));
        if (service.IsUnprotected) Console.WriteLine("The strategy is unprotected by design: its positions have no stop and no target.");
        if (account.StepTime != default)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"It goes on after {account.StepTime:yyyy-MM-dd HH:mm} UTC with an equity of {account.Figures.Equity:N2}, {account.Run.ToString().ToLowerInvariant()}{(account.IsKilled ? "; the kill switch is pulled, so nothing is bought until it is released" : "")}."));
        if (service.HandOver.Count > 0) Console.WriteLine($"Whatever the account had of {string.Join(", ", service.HandOver)} is its owner's now; Account:HandOver has nothing more to do.");
        if (account.Arming is { IsArmed: var isArmed }) Console.WriteLine(isArmed ? $"It is ARMED: it buys with {service.Place?.Money ?? "real money"}." : "It is not armed: it buys nothing until its owner arms it, on the page or with POST /api/v1/arm.");
        if (service.Mode == AccountMode.Paper && account.StartCash != service.Cash)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Account:Cash is {service.Cash:N0}, which is for new accounts; this one keeps its money."));
    }

    private static string MoneyOf(ServiceInfo service) => service.Mode switch
    {
        AccountMode.Live => $"{service.Place?.LiveTitle ?? "LIVE, with real money"}: account",
        AccountMode.DryRun => "Dry run, no order is sent: account",
        _ => "Paper account",
    };
}
