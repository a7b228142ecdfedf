using System.Globalization;
using System.Net;
using OrleansTrader.ExchangeSimulator;

namespace OrleansTrader.Cli.Exchange;

/// <summary>What is said at the start: where the exchange is, whose it is, and what to put where.</summary>
internal static class Greeting
{
    /// <summary>The most by which the service speeds up its time.</summary>
    private const double FastestService = 1_440;

    public static IEnumerable<string> Lines(ExchangeServer server, string market, RehearsalKey? key)
    {
        var options = server.Exchange.Options;
        var near = Near(server.Address);
        var rest = near.GetLeftPart(UriPartial.Authority);
        var sockets = new UriBuilder(near) { Scheme = "ws" }.Uri.GetLeftPart(UriPartial.Authority);
        yield return $"The exchange to rehearse at listens on {server.Address.GetLeftPart(UriPartial.Authority)}.";
        yield return string.Create(CultureInfo.InvariantCulture, $"Its market: {market}.");
        yield return string.Create(CultureInfo.InvariantCulture, $"Its clock: {server.Exchange.Clock.GetUtcNow():yyyy-MM-dd HH:mm:ss} UTC, {Pace(options.Speed)}.");
        foreach (var account in options.Accounts)
        {
            var owned = string.Join(", ", account.Balances.Select(balance => string.Create(CultureInfo.InvariantCulture, $"{balance.Value:0.########} {balance.Key}")));
            yield return $"Account {account.Name} owns {(owned.Length > 0 ? owned : "nothing")}.";
        }

        if (key is { File: { } file })
        {
            yield return $"  API key  {key.ApiKey} (its secret is in {file})";
        }
        else if (key is not null)
        {
            yield return $"  API key  {key.ApiKey}";
            yield return $"  Secret   {key.Secret}";
            yield return "  Both are of this run; --key-file keeps a key.";
        }

        yield return "";
        yield return "What to put where:";
        var time = IsShared(options) ? string.Create(CultureInfo.InvariantCulture, $" --Rehearsal:Speed={options.Speed} --Rehearsal:Since={options.Since:yyyy-MM-dd'T'HH:mm:ss}") : "";
        yield return $"  a paper account on its prices   dotnet run --project api -- --Market:Source=binance --Binance:RestUrl={rest}{time}";
        yield return $"  the service in live mode         dotnet run --project api -- --Account:Mode=live --Market:Source=binance --Market:Interval=1m --Market:Symbols={string.Join(',', server.Exchange.Markets)} --Binance:RestUrl={rest} --Binance:SocketUrl={sockets}/ws-api/v3 --Binance:StreamUrl={sockets}{time}";
        yield return "                                   once the key and the secret are sealed: trader secrets set binance.key, trader secrets set binance.secret (docs/live.md)";
        yield return $"  another client of Binance       REST {rest}/api/v3, streams {sockets}/ws and {sockets}/stream, WebSocket API {sockets}/ws-api/v3";
        yield return $"  what happened, what goes wrong  {rest}/sim/state and docs/exchange-simulator.md";
        if (IsShared(options)) yield return "Its clock is not this machine's: the service needs both settings of the rehearsal; other clients must take the time from it.";
        else if (options.Speed != 1 || options.Start is not null)
            yield return "Its clock is not this machine's: the service needs one that is, or one without --start at a speed of 1 to 1440; other clients must take the time from it.";
        if (!IsLocal(server.Address))
            yield return "Others can reach it, and /sim asks for no key: listen on 127.0.0.1 unless you trust the network.";
        yield return "Ctrl+C closes it.";
    }

    /// <summary>True for a clock that the service can have too.</summary>
    private static bool IsShared(SimulatorOptions options) => options is { Start: null, Speed: > 1 and <= FastestService };

    private static string Pace(double speed) => speed == 1 ? "as fast as this machine's" : string.Create(CultureInfo.InvariantCulture, $"{speed:0.###} times as fast as this machine's");

    /// <summary>Where a client on this machine finds it: an address that stands for all of them is none to connect to.</summary>
    private static Uri Near(Uri address) =>
        IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)) ? new UriBuilder(address) { Host = "127.0.0.1" }.Uri : address;

    private static bool IsLocal(Uri address) => address.IsLoopback || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
}
