using System.Globalization;
using OrleansTrader.ExchangeSimulator.Accounts;
using OrleansTrader.ExchangeSimulator.Limits;

namespace OrleansTrader.ExchangeSimulator.Api;

/// <summary>A request that has come, by whichever way.</summary>
/// <param name="ApiKey">Null when none was sent.</param>
/// <param name="Payload">What was signed.</param>
internal sealed record Asked(Operation Operation, Parameters Parameters, string? ApiKey, string Ip, string Payload, TimeUnit Unit, bool IsWebSocket);

/// <summary>What the exchange has to say.</summary>
/// <param name="Result">JSON; null when it refused.</param>
/// <param name="Refusal">Null when it did as it was asked.</param>
/// <param name="Account">Null when nobody was found out to have asked.</param>
internal sealed record Answer(byte[]? Result, Refusal? Refusal, Account? Account);

/// <summary>
/// The order in which a request is judged: weight and ban, key, parameters, timestamp, signature, count of orders, and then what it
/// asks for itself.
/// </summary>
internal sealed class Gatekeeper(ExchangeFloor floor)
{
    private const decimal DefaultWindow = 5000;
    private const decimal LongestWindow = 60_000;
    private const int WindowDecimals = 3;
    private static readonly TimeSpan AheadAllowed = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AheadSound = TimeSpan.FromSeconds(10);
    private static readonly string[] SignedNames = ["recvWindow", "timestamp", "signature"];

    private readonly RateLimiter _limits = floor.Limits;

    public Answer Judge(Asked asked)
    {
        Account? account = null;
        if (asked.Operation is { Security: Security.Trade, Name: not Operations.Rehearsal }) floor.OrderRequests++;
        try
        {
            return Carry(asked, ref account);
        }
        catch (Refusal refusal)
        {
            return new Answer(null, refusal, account);
        }
        finally
        {
            floor.Conclude();
        }
    }

    private Answer Carry(Asked asked, ref Account? account)
    {
        var (operation, parameters) = (asked.Operation, asked.Parameters);
        var weight = WeightOf(operation, parameters);
        _limits.Charge(asked.Ip, weight);
        var call = new Call(floor, parameters, asked.Ip, asked.IsWebSocket);
        if (operation.Security != Security.None)
        {
            var (owner, key) = KeyOf(asked.ApiKey, operation.Security, asked.Ip);
            (call.Account, call.Key) = (account = owner, key);
        }

        JudgeNames(asked);
        var carryOut = operation.Prepare(call);
        if (operation.Security != Security.None)
        {
            JudgeTime(parameters);
            var isSigned = Signing.IsBy(call.Key!, asked.Payload, parameters.RequiredText("signature"));
            if (!isSigned) throw new Refusal(-1022, "Signature for this request is not valid.");
        }

        if (operation is { Orders: > 0, JudgesOrdersItself: false }) _limits.JudgeOrders(account!, operation.Orders);
        var ordersBefore = floor.Register.Placed;
        try
        {
            var result = Wire.Write(asked.Unit, carryOut);
            if (operation.IsFreeOnSuccess || call.IsFree) _limits.GiveBack(asked.Ip, weight);
            return new Answer(result, null, account);
        }
        finally
        {
            // An order that came in counts, also where the other half of the request failed.
            if (operation.Orders > 0 && floor.Register.Placed > ordersBefore) _limits.CountOrders(account!, operation.Orders);
        }
    }

    private static int WeightOf(Operation operation, Parameters parameters)
    {
        try
        {
            return operation.Weight(parameters);
        }
        catch (Refusal)
        {
            // What decides the weight cannot be read: it is refused below, at the least price.
            return 1;
        }
    }

    private (Account Account, KeyOptions Key) KeyOf(string? apiKey, Security security, string ip)
    {
        var status = floor.Options.Assumptions.KeyErrorStatus;
        if (string.IsNullOrEmpty(apiKey)) throw new Refusal(-2014, "API-key format invalid.", status);
        if (floor.KeyOf(apiKey) is { } found
            && (security == Security.Trade ? found.Key.CanTrade : found.Key.CanRead)
            && (found.Key.AllowedIps.Count == 0 || found.Key.AllowedIps.Contains(ip)))
            return found;
        throw new Refusal(-2015, "Invalid API-key, IP, or permissions for action.", status);
    }

    private static void JudgeNames(Asked asked)
    {
        var operation = asked.Operation;
        var known = asked.Parameters.Names.Count(name =>
            operation.Names.Contains(name)
            || (operation.Security != Security.None && SignedNames.Contains(name, StringComparer.Ordinal))
            || (asked.IsWebSocket && name is "apiKey" or "returnRateLimits"));
        var sent = asked.Parameters.Count;
        if (known == sent) return;
        if (operation.Names.Count == 0 && operation.Security == Security.None) throw new Refusal(-1101, $"Too many parameters; expected '0' and received '{sent}'.");
        throw new Refusal(-1104, $"Not all sent parameters were read; read '{known}' parameter(s) but was sent '{sent}'.");
    }

    private void JudgeTime(Parameters parameters)
    {
        var window = Window(parameters);
        var timestamp = parameters.Timestamp("timestamp");
        parameters.RequiredText("signature");
        var now = floor.ShownNow;
        if (timestamp > now + OnTheWay(AheadSound)) throw Refusal.Missing("timestamp");
        if (timestamp >= now + OnTheWay(AheadAllowed)) throw new Refusal(-1021, "Timestamp for this request was 1000ms ahead of the server's time.");
        if (now - timestamp > OnTheWay(window)) throw new Refusal(-1021, "Timestamp for this request is outside of the recvWindow.");
    }

    /// <summary>A request is on its way in the time of this machine, however fast that of the market goes.</summary>
    private TimeSpan OnTheWay(TimeSpan allowed) => allowed * Math.Max(1, floor.Options.Speed);

    private static TimeSpan Window(Parameters parameters)
    {
        var text = parameters.Text("recvWindow");
        var milliseconds = DefaultWindow;
        var isNumber = text is null || decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out milliseconds);
        if (text is null) milliseconds = DefaultWindow;
        if (!isNumber || decimal.Round(milliseconds, WindowDecimals) != milliseconds) throw Refusal.BadCharacters("recvWindow", @"^[0-9]{1,5}(\.[0-9]{1,3})?$");
        if (milliseconds > LongestWindow) throw new Refusal(-1131, "'recvWindow' must be less than 60000.");
        return TimeSpan.FromMicroseconds((double)(milliseconds * 1000));
    }
}
