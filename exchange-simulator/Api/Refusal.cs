namespace OrleansTrader.ExchangeSimulator.Api;

/// <summary>What the exchange answers instead of doing what it was asked; caught where the answer is written.</summary>
internal sealed class Refusal(int code, string message, int status = 400) : Exception(message)
{
    public int Code { get; } = code;

    /// <summary>Of HTTP, and of the answer on the WebSocket API.</summary>
    public int Status { get; } = status;

    /// <summary>What the answer's <c>data</c> holds; null for nothing.</summary>
    public Action<Wire>? Details { get; init; }

    /// <summary>When it may be tried again, UTC; null where the exchange does not say.</summary>
    public DateTime? RetryAt { get; init; }

    /// <summary>The engine refused an order.</summary>
    public static Refusal ByEngine(string message) => new(-2010, message);

    /// <summary>The engine refused a cancellation.</summary>
    public static Refusal OfCancel(string message) => new(-2011, message);

    public static Refusal ByFilter(string filter) => new(-1013, $"Filter failure: {filter}");

    public static Refusal Missing(string parameter) => new(-1102, $"Mandatory parameter '{parameter}' was not sent, was empty/null, or malformed.");

    public static Refusal NotRequired(string parameter) => new(-1106, $"Parameter '{parameter}' sent when not required.");

    public static Refusal BadCharacters(string parameter, string range) => new(-1100, $"Illegal characters found in parameter '{parameter}'; legal range is '{range}'.");

    public static Refusal UnknownSymbol() => new(-1121, "Invalid symbol.");

    /// <summary>Code, text and data as the exchange writes them, without the braces around.</summary>
    public void WriteTo(Wire wire)
    {
        wire.Number("code", Code);
        wire.Text("msg", Message);
        if (Details is null) return;
        wire.Open("data");
        Details(wire);
        wire.Close();
    }
}
