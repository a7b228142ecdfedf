using System.CommandLine;
using OrleansTrader.ExchangeSimulator;

namespace OrleansTrader.Cli.Exchange;

/// <summary><c>trader exchange</c>: a local exchange that speaks Binance's protocols, to rehearse at.</summary>
internal static class ExchangeCommand
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    public static Command Create()
    {
        var given = new ExchangeOptionSet();
        var command = new Command("exchange", "Runs a local exchange that speaks Binance's protocols, over recorded or invented candles, until Ctrl+C; docs/exchange-simulator.md tells more");
        given.AddTo(command);
        command.Runs(async (parsed, cancellation) =>
        {
            var (options, key) = given.Settings(parsed);
            var feed = await given.MarketAsync(parsed, options, cancellation);
            await using var server = await StartAsync(options, feed, given.Address(parsed), cancellation);
            foreach (var line in Greeting.Lines(server, feed.Description, key)) await Console.Out.WriteLineAsync(line);
            await RunAsync(server.Exchange, cancellation);
            await Console.Out.WriteLineAsync("The exchange is closed.");
            return 0;
        });
        return command;
    }

    private static async Task<ExchangeServer> StartAsync(SimulatorOptions options, Core.Ports.IMarketFeed feed, Uri address, CancellationToken cancellation)
    {
        try
        {
            return await ExchangeServer.StartAsync(options, feed, address.GetLeftPart(UriPartial.Authority), cancellation: cancellation);
        }
        catch (System.ComponentModel.DataAnnotations.ValidationException wrong)
        {
            throw new SimulatorException(wrong.Message, wrong);
        }
        catch (IOException failed)
        {
            var cause = failed.GetBaseException() is System.Net.Sockets.SocketException { SocketErrorCode: System.Net.Sockets.SocketError.AddressAlreadyInUse }
                ? "another program listens there"
                : failed.GetBaseException().Message.TrimEnd('.');
            throw new SimulatorException($"The exchange cannot listen on {address.GetLeftPart(UriPartial.Authority)}: {cause}; name another address with --address.", failed);
        }
    }

    /// <summary>Waits for Ctrl+C, and says when the recorded bars are over.</summary>
    private static async Task RunAsync(SimulatedExchange exchange, CancellationToken cancellation)
    {
        var wasOver = false;
        using var timer = new PeriodicTimer(Look);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                if (wasOver || !exchange.HasEnded) continue;
                wasOver = true;
                await Console.Out.WriteLineAsync("The recorded bars are over: prices stand still from now on.");
            }
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }
    }
}
