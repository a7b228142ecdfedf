using System.Globalization;
using System.Net.WebSockets;
using OrleansTrader.Adapters.Binance.Limits;

namespace OrleansTrader.Adapters.Binance.Rest;

/// <summary>What is wrong and what to do, in one sentence.</summary>
internal static class ErrorSentence
{
    private const string Unknown = " Whether it was done is unknown and is looked up; it is not sent again blindly.";

    /// <param name="until">Until when nothing is sent, UTC; null when that is not known.</param>
    public static string Of(BinanceErrorKind kind, int status, int code, string message, RequestNature nature, string host, DateTime? until)
    {
        var said = message.Length > 0 ? $"'{message}' ({code})" : string.Create(CultureInfo.InvariantCulture, $"HTTP status {status}");
        var wait = until is { } time ? string.Create(CultureInfo.InvariantCulture, $"until {time:yyyy-MM-dd HH:mm:ss} UTC") : "for a while";
        var outcome = nature == RequestNature.Read ? " Ask again later." : Unknown;
        return kind switch
        {
            BinanceErrorKind.BadKey => "Binance does not take the API key for one; store it again exactly as Binance shows it.",
            BinanceErrorKind.KeyRefused when Place(message) is { } place =>
                $"Binance refuses the API key from the address {place}; add that address to those that the key allows, or see whether the key still exists and may do this.",
            BinanceErrorKind.KeyRefused =>
                $"Binance refuses the API key: {said}; see at Binance that the key exists, that it allows reading and spot trading, and that the address of this machine is among those it allows.",
            BinanceErrorKind.BadSignature => "Binance finds the signature wrong; the stored secret does not belong to the API key, so store both again.",
            BinanceErrorKind.WrongClock => $"Binance finds the time of the request wrong: {said}; the clock was measured anew, so if this stays, set the clock of this machine by NTP or look for a slow network.",
            BinanceErrorKind.Blocked => $"The firewall of {host} refuses requests from here (HTTP status 403); nothing is sent {wait}, and if it stays, the place, the proxy or the provider of this machine may be one that Binance does not serve.",
            BinanceErrorKind.TooManyRequests => $"Binance counts too many requests from this address; nothing is sent {wait}. See what else uses it.",
            BinanceErrorKind.TooManyOrders => $"Binance counts too many orders of this account; none is sent {wait}. See what else trades on it.",
            BinanceErrorKind.Banned => $"Binance has banned this address; nothing is sent {wait}, since every request would make it longer. See what else uses it.",
            BinanceErrorKind.Overloaded => $"Binance is overloaded: {said}; try again in some minutes.",
            BinanceErrorKind.ServerFailed => $"Binance failed at {host}: {said}.{outcome}",
            BinanceErrorKind.HalfDone => $"Binance did only one half of what was asked: {said}; the answer tells which.",
            BinanceErrorKind.Unreadable => $"The answer of {host} cannot be read (HTTP status {status.ToString(CultureInfo.InvariantCulture)}); see whether the address is that of Binance.{(nature == RequestNature.Read ? "" : Unknown)}",
            _ => $"Binance refuses the request: {said}.",
        };
    }

    /// <param name="authority">Host and port, the port where it is not the usual one.</param>
    /// <param name="setting">That the address comes from.</param>
    public static string Unreachable(HttpRequestError error, string authority, bool hasProxy, string setting = nameof(BinanceOptions.RestUrl))
    {
        var reason = error switch
        {
            HttpRequestError.NameResolutionError => "its name is not known",
            HttpRequestError.SecureConnectionError => "no secure connection came about",
            HttpRequestError.ProxyTunnelError => "the proxy does not let it through",
            _ => "no connection came about",
        };
        return $"Binance cannot be reached at {authority}: {reason}; check the network, the firewall and the setting {BinanceOptions.Section}:{(hasProxy ? nameof(BinanceOptions.Proxy) : setting)}.";
    }

    /// <summary>Why a WebSocket did not come about, or did not last.</summary>
    /// <param name="setting">That the address comes from.</param>
    public static string NoSocket(Exception failed, Uri address, bool hasProxy, string setting) => failed switch
    {
        WebSocketException { InnerException: HttpRequestException broken } => Unreachable(broken.HttpRequestError, address.Authority, hasProxy, setting),
        WebSocketException { WebSocketErrorCode: WebSocketError.NotAWebSocket } => $"{address} opens no WebSocket; check the setting {BinanceOptions.Section}:{setting}.",
        TimeoutException or OperationCanceledException => $"{address.Authority} has not answered in time; check the network and the setting {BinanceOptions.Section}:{setting}.",
        _ => $"The connections to {address.Authority} break off.",
    };

    public static string NoAnswer(RequestNature nature, string host) =>
        $"{host} has not answered.{(nature == RequestNature.Read ? " Ask again later." : Unknown)}";

    public static string NotSent(DateTime? standstill) => standstill is { } until
        ? string.Create(CultureInfo.InvariantCulture, $"The request was not sent: Binance wants no requests until {until:yyyy-MM-dd HH:mm:ss} UTC.")
        : "The request was not sent in the time that it was given.";

    /// <summary>Until when nothing is sent, and why.</summary>
    public static string Standstill(Standstill standstill) => string.Create(CultureInfo.InvariantCulture, $"{standstill.Reason switch
    {
        StandstillReason.Banned => "Binance has banned this address",
        StandstillReason.Blocked => "The firewall of Binance refuses requests from here",
        _ => "Binance counts too many requests from this address",
    }}: nothing is sent until {standstill.Until:yyyy-MM-dd HH:mm:ss} UTC.");

    private static string? Place(string message)
    {
        const string Mark = "request ip: ";
        var start = message.IndexOf(Mark, StringComparison.Ordinal);
        return start < 0 ? null : message[(start + Mark.Length)..].Split(' ', ',')[0].TrimEnd('.');
    }
}
