using System.Web;
using OrleansTrader.ExchangeSimulator.Api;

namespace OrleansTrader.ExchangeSimulator.Streams;

/// <summary>Lets clients of WebSockets in.</summary>
internal static class Connecting
{
    private const int ConnectionWeight = 2;

    public static (IClientSession? Session, int Status) Open(SimulatedExchange exchange, string path, string query, string ip, IClientLine line)
    {
        var floor = exchange.Floor;
        if (floor.Faults.Options.Maintenance) return (null, 503);
        if (floor.Limits.IsBanned(ip)) return (null, 418);
        if (!floor.Limits.TryConnect(ip)) return (null, 429);
        var values = HttpUtility.ParseQueryString(query);
        if (!RestDesk.TryUnit(values["timeUnit"], out var unit)) return (null, 400);
        if (path is "/ws-api/v3")
        {
            try
            {
                floor.Limits.Charge(ip, ConnectionWeight);
            }
            catch (Refusal refusal)
            {
                return (null, refusal.Status);
            }

            return Add(exchange, new ApiSession(exchange, line, unit, ip, tellsLimits: values["returnRateLimits"] is not "false"));
        }

        var isCombined = path is "/stream";
        string[] names = isCombined ? values["streams"]?.Split('/') ?? [] : path.StartsWith("/ws/", StringComparison.Ordinal) ? path["/ws/".Length..].Split('/') : [];
        if (!isCombined && path is not "/ws" && !path.StartsWith("/ws/", StringComparison.Ordinal)) return (null, 404);
        var session = new StreamSession(exchange, line, unit, isCombined);
        // A stream that does not exist is never heard of; the connection stands.
        session.TryJoin([.. names.Where(name => name.Length > 0)]);
        return Add(exchange, session);
    }

    private static (IClientSession Session, int Status) Add(SimulatedExchange exchange, Session session)
    {
        exchange.Hub.Add(session);
        return (session, 101);
    }
}
