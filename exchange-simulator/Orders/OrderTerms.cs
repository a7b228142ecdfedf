using System.Collections.Frozen;
using System.Text;

namespace OrleansTrader.ExchangeSimulator.Orders;

/// <summary>The exchange's types of orders.</summary>
public enum OrderKind
{
    Limit,
    LimitMaker,
    Market,
    StopLoss,
    StopLossLimit,
    TakeProfit,
    TakeProfitLimit,
}

/// <summary>How long an order stays.</summary>
public enum TimeInForce
{
    Gtc,
    Ioc,
    Fok,
}

/// <summary>Where an order stands.</summary>
public enum OrderStatus
{
    New,
    PendingNew,
    PartiallyFilled,
    Filled,
    Canceled,
    Rejected,
    Expired,
    ExpiredInMatch,
}

/// <summary>What is done instead of a trade of an account with itself.</summary>
public enum SelfTradePrevention
{
    None,
    ExpireTaker,
    ExpireMaker,
    ExpireBoth,
    Decrement,
    Transfer,
}

/// <summary>How much an answer to a new order says.</summary>
public enum ResponseKind
{
    Ack,
    Result,
    Full,
}

/// <summary>Why an order ended unfilled.</summary>
public enum ExpiryReason
{
    None,
    Rejected,
    ExchangeCanceled,
    OcoTrigger,
    OtoPhaseOneExpired,
    UnfilledIocQuantityExpired,
    UnfilledFokOrderExpired,
    InsufficientLiquidity,
}

/// <summary>The enumerations in the exchange's writing: <c>StopLossLimit</c> is <c>STOP_LOSS_LIMIT</c>.</summary>
internal static class Term<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> Texts = Enum.GetValues<T>().ToFrozenDictionary(value => value, value => UpperSnake(value.ToString()));

    private static readonly FrozenDictionary<string, T> Values = Texts.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    public static IEnumerable<string> All => Texts.Values;

    public static string Of(T value) => Texts[value];

    public static bool TryParse(string text, out T value) => Values.TryGetValue(text, out value);

    private static string UpperSnake(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0) text.Append('_');
            text.Append(char.ToUpperInvariant(letter));
        }

        return text.ToString();
    }
}
