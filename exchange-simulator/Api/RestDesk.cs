using System.Globalization;
using System.Text;
using OrleansTrader.ExchangeSimulator.Faults;

namespace OrleansTrader.ExchangeSimulator.Api;

/// <summary>Reads requests of REST and writes their answers.</summary>
internal sealed class RestDesk(ExchangeFloor floor, Gatekeeper gatekeeper)
{
    private const string UsedWeight = "X-MBX-USED-WEIGHT";
    private static readonly byte[] GatewayPage = Encoding.UTF8.GetBytes("<html><head><title>503 Service Temporarily Unavailable</title></head></html>");

    /// <summary>The operation that a request asks for, as faults name it; empty when there is none.</summary>
    public static string NameOf(RestRequest request) => Operations.At(request.Verb, request.Path)?.Name ?? "";

    public RestReply Answer(RestRequest request, Fault fault)
    {
        if (floor.Faults.Options.Maintenance) return Unavailable();
        if (!fault.IsCarriedOut) return Told(request, fault);
        var reply = Answer(request);
        return fault.Kind == FaultKind.None ? reply : Told(request, fault);
    }

    private RestReply Answer(RestRequest request)
    {
        if (Operations.At(request.Verb, request.Path) is not { } operation)
            return Refuse(request, new Refusal(-1020, "This operation is not supported.", Operations.IsPath(request.Path) ? 405 : 404), TimeUnit.Millisecond);
        if (!TryUnit(request.TimeUnit, out var unit))
            return Refuse(request, new Refusal(-1194, "Invalid value for time unit; expected either MICROSECOND or MILLISECOND."), unit);
        var parameters = new Parameters();
        try
        {
            Read(request, parameters);
        }
        catch (Refusal refusal)
        {
            return Refuse(request, refusal, unit);
        }

        var payload = WithoutSignature(request.Query) + WithoutSignature(request.Body);
        var answer = gatekeeper.Judge(new Asked(operation, parameters, request.ApiKey, request.Ip, payload, unit, IsWebSocket: false));
        if (answer.Refusal is { } refused) return Refuse(request, refused, unit);
        var headers = Headers(request.Ip);
        if (operation.TellsOrders)
        {
            var (tenSeconds, day) = floor.Limits.OrdersOf(answer.Account!);
            headers.Add(new("X-MBX-ORDER-COUNT-10S", Text(tenSeconds)));
            headers.Add(new("X-MBX-ORDER-COUNT-1D", Text(day)));
        }

        return new RestReply(200, answer.Result!, headers);
    }

    /// <summary>What a client is told when something went wrong on the way.</summary>
    private RestReply Told(RestRequest request, Fault fault)
    {
        var seconds = floor.Faults.Options.RetryAfterSeconds;
        var retryAt = floor.Time.Now.AddSeconds(seconds);
        switch (fault.Kind)
        {
            case FaultKind.ErrorBefore:
                return Unavailable();
            case FaultKind.Banned:
                floor.Limits.Ban(request.Ip, TimeSpan.FromSeconds(seconds));
                break;
        }

        return Refuse(request, FaultRefusal.Of(fault.Kind, floor.Options.Assumptions, retryAt), TimeUnit.Millisecond);
    }

    private static RestReply Unavailable() => new(503, GatewayPage, [], "text/html");

    private RestReply Refuse(RestRequest request, Refusal refusal, TimeUnit unit)
    {
        var headers = Headers(request.Ip);
        if (refusal.RetryAt is { } at) headers.Add(new("Retry-After", Text(Math.Max(1, (int)Math.Ceiling((at - floor.Time.Now).TotalSeconds)))));
        return new RestReply(refusal.Status, Wire.WriteObject(unit, refusal.WriteTo), headers);
    }

    private List<KeyValuePair<string, string>> Headers(string ip)
    {
        var used = Text(floor.Limits.WeightOf(ip));
        return [new(UsedWeight, used), new(UsedWeight + "-1M", used)];
    }

    public static bool TryUnit(string? text, out TimeUnit unit)
    {
        unit = text is "MICROSECOND" or "microsecond" ? TimeUnit.Microsecond : TimeUnit.Millisecond;
        return text is null or "MICROSECOND" or "microsecond" or "MILLISECOND" or "millisecond";
    }

    /// <summary>The value of the query counts where the body has the name too.</summary>
    private static void Read(RestRequest request, Parameters into)
    {
        foreach (var (name, value) in Pairs(request.Query)) into.Add(name, value);
        HashSet<string> fromQuery = [.. into.Names];
        foreach (var (name, value) in Pairs(request.Body)) into.Add(name, value, isOverridden: fromQuery.Contains(name));
    }

    private static IEnumerable<(string Name, string Value)> Pairs(string text)
    {
        foreach (var pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            yield return at < 0 ? (Decode(pair), "") : (Decode(pair[..at]), Decode(pair[(at + 1)..]));
        }
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static string WithoutSignature(string text) =>
        string.Join('&', text.Split('&').Where(pair => !pair.StartsWith("signature=", StringComparison.Ordinal)));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
