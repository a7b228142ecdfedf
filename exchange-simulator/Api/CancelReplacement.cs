using OrleansTrader.ExchangeSimulator.Orders;

namespace OrleansTrader.ExchangeSimulator.Api;

/// <summary>Takes an order back and places another; each half may fail for itself.</summary>
internal static class CancelReplacement
{
    public static Action<Wire> Prepare(Call call)
    {
        var parameters = call.Parameters;
        var market = call.Market();
        var draft = OrderDraft.Read(parameters, "");
        var response = TradeOperations.ResponseOf(parameters, draft.Kind);
        var goesOn = Choice(parameters, "cancelReplaceMode", "STOP_ON_FAILURE", "ALLOW_FAILURE") ?? throw Refusal.Missing("cancelReplaceMode");
        var cancelsAnyway = Choice(parameters, "orderRateLimitExceededMode", "DO_NOTHING", "CANCEL_ONLY") ?? false;
        var find = TradeOperations.Finder(call, market, "cancelOrderId", "cancelOrigClientOrderId");
        var newId = parameters.ClientId("cancelNewClientOrderId");
        var restrictions = TradeOperations.Restrictions(parameters);
        return wire =>
        {
            var tooMany = call.Limits.TooMany(call.Account, 1);
            if (tooMany is not null && !cancelsAnyway) throw tooMany;
            // Filters are judged before the cancellation; a full book of orders fails both halves.
            var unfit = Try(() => call.Floor.Orders.Judge(call.Account, market, draft));
            var halves = new Halves();
            Cancel(halves, () => unfit is null ? TradeOperations.CancelNow(call, find(), newId, restrictions) : throw unfit);
            if (halves.CancelRefusal is not null && !goesOn) Fail(call, halves, tooMany);
            Place(halves, () => tooMany is null ? call.Floor.Orders.Place(call.Account, market, draft) : throw tooMany);
            if (halves.CancelRefusal is not null || halves.NewRefusal is not null) Fail(call, halves, tooMany);
            wire.Open();
            Write(wire, call, halves, response);
            wire.Close();
        };
    }

    private static void Fail(Call call, Halves halves, Refusal? tooMany)
    {
        // An order that was not attempted is counted, as one that was.
        if (halves.NewRefusal is null && halves.Placed is null) call.Limits.CountOrders(call.Account, 1);
        var isPartly = halves.CancelRefusal is null || halves.Placed is not null;
        var status = !isPartly ? 400 : tooMany is null ? 409 : 429;
        throw new Refusal(isPartly ? -2021 : -2022, isPartly ? "Order cancel-replace partially failed." : "Order cancel-replace failed.", status)
        {
            Details = wire => Write(wire, call, halves, ResponseKind.Full),
            RetryAt = status == 429 ? tooMany!.RetryAt : null,
        };
    }

    private static void Write(Wire wire, Call call, Halves halves, ResponseKind response)
    {
        wire.Text("cancelResult", halves.CancelRefusal is null ? "SUCCESS" : "FAILURE");
        wire.Text("newOrderResult", halves.Placed is not null ? "SUCCESS" : halves.NewRefusal is not null ? "FAILURE" : "NOT_ATTEMPTED");
        wire.Open("cancelResponse");
        if (halves.CancelRefusal is { } refusal) refusal.WriteTo(wire);
        else halves.Canceled!(wire);
        wire.Close();
        if (halves is { Placed: null, NewRefusal: null })
        {
            wire.Null("newOrderResponse");
            return;
        }

        wire.Open("newOrderResponse");
        if (halves.NewRefusal is { } newRefusal) newRefusal.WriteTo(wire);
        else OrderJson.Placed(wire, halves.Placed!, response, call.Floor.Time.Now);
        wire.Close();
    }

    private static void Cancel(Halves halves, Func<Action<Wire>> cancel)
    {
        try
        {
            halves.Canceled = cancel();
        }
        catch (Refusal refusal)
        {
            halves.CancelRefusal = refusal;
        }
    }

    private static void Place(Halves halves, Func<Order> place)
    {
        try
        {
            halves.Placed = place();
        }
        catch (Refusal refusal)
        {
            halves.NewRefusal = refusal;
        }
    }

    private static Refusal? Try(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Refusal refusal)
        {
            return refusal;
        }
    }

    /// <summary>True for the second of two words, null when it was not sent.</summary>
    private static bool? Choice(Parameters parameters, string name, string first, string second)
    {
        if (parameters.Text(name) is not { } text) return null;
        if (string.Equals(text, second, StringComparison.Ordinal)) return true;
        return string.Equals(text, first, StringComparison.Ordinal) ? false : throw Refusal.BadCharacters(name, $"{first}, {second}");
    }

    private sealed class Halves
    {
        public Action<Wire>? Canceled { get; set; }

        public Refusal? CancelRefusal { get; set; }

        public Order? Placed { get; set; }

        public Refusal? NewRefusal { get; set; }
    }
}
