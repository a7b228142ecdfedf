using System.Globalization;
using OrleansTrader.Adapters.Binance.Signing;

namespace OrleansTrader.Adapters.Binance.Calls;

/// <summary>Which order is meant: by the exchange's number, by the name that the client gave it, or by both, which must fit then.</summary>
/// <param name="OrderId">0 for none.</param>
/// <param name="ClientOrderId">Null for none; unique among open orders only.</param>
public readonly record struct OrderName(string Symbol, long OrderId, string? ClientOrderId = null)
{
    /// <summary>The order by the name that the client gave it.</summary>
    public static OrderName Of(string symbol, string clientOrderId) => new(symbol, 0, clientOrderId);

    internal RequestText AddTo(RequestText text, ReadOnlySpan<byte> idName, ReadOnlySpan<byte> clientIdName)
    {
        if (OrderId == 0 && string.IsNullOrEmpty(ClientOrderId)) throw new InvalidOperationException("An order without a name cannot be found.");
        if (OrderId != 0) text.Add(idName, OrderId);
        if (!string.IsNullOrEmpty(ClientOrderId)) text.Add(clientIdName, ClientOrderId);
        return text;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Symbol} {OrderId} {ClientOrderId}");
}
