using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using OrleansTrader.Adapters.Secrets;

namespace OrleansTrader.Adapters.Binance.Rest;

/// <summary>Makes an error of an answer that is none of what was asked for; its body may be anything, or nothing.</summary>
internal static partial class ErrorReader
{
    private const int LongestMessage = 300;
    private const int MatchMilliseconds = 1_000;

    /// <param name="host">Whom the sentence names.</param>
    /// <param name="retryAfter">What the header says; null without one.</param>
    /// <param name="now">What the exchange's clock shows.</param>
    public static BinanceError Read(int status, ReadOnlyMemory<byte> body, TimeSpan? retryAfter, DateTime now, RequestNature nature, string host)
    {
        var (code, message) = CodeOf(body.Span);
        var kind = KindOf(status, code, message, nature);
        var wait = WaitOf(kind, message, retryAfter, now);
        return new BinanceError
        {
            Kind = kind,
            IsOutcomeUnknown = nature != RequestNature.Read && kind is BinanceErrorKind.ServerFailed or BinanceErrorKind.Unreadable or BinanceErrorKind.HalfDone,
            Code = code,
            Message = message,
            HttpStatus = status,
            RetryAfter = wait,
            Body = body,
            Sentence = ErrorSentence.Of(kind, status, code, message, nature, host, wait is { } length ? now + length : null),
        };
    }

    private static BinanceErrorKind KindOf(int status, int code, string message, RequestNature nature) => (status, code) switch
    {
        (418, _) => BinanceErrorKind.Banned,
        (429, -1015) => BinanceErrorKind.TooManyOrders,
        (429, -2021) => BinanceErrorKind.HalfDone,
        (429, _) => BinanceErrorKind.TooManyRequests,
        (403, _) => BinanceErrorKind.Blocked,
        (409, _) => BinanceErrorKind.HalfDone,
        (408, 0) => BinanceErrorKind.ServerFailed,
        ( >= 500, _) or (_, -1000 or -1001 or -1006 or -1007) => BinanceErrorKind.ServerFailed,
        (_, -1003) => BinanceErrorKind.TooManyRequests,
        (_, -1015) => BinanceErrorKind.TooManyOrders,
        (_, -1021) => BinanceErrorKind.WrongClock,
        // A time that is more than 10 s ahead is none to the exchange.
        (_, -1102) when message.Contains("'timestamp'", StringComparison.Ordinal) => BinanceErrorKind.WrongClock,
        (_, -1022) => BinanceErrorKind.BadSignature,
        (_, -2014) => BinanceErrorKind.BadKey,
        (401, _) or (_, -2015 or -1002) => BinanceErrorKind.KeyRefused,
        (_, -1008) => BinanceErrorKind.Overloaded,
        // The exchange's own refusals have a number: this one is of somebody between, who may have passed the request on.
        ( >= 400, 0) when nature != RequestNature.Read => BinanceErrorKind.Unreadable,
        ( >= 400, _) => BinanceErrorKind.Rejected,
        _ => BinanceErrorKind.Unreadable,
    };

    private static TimeSpan? WaitOf(BinanceErrorKind kind, string message, TimeSpan? retryAfter, DateTime now)
    {
        if (kind is not (BinanceErrorKind.Banned or BinanceErrorKind.TooManyRequests or BinanceErrorKind.TooManyOrders or BinanceErrorKind.Blocked)) return null;
        // 0 means the end of the minute.
        if (retryAfter == TimeSpan.Zero) retryAfter = TimeSpan.FromMinutes(1) - new TimeSpan(now.Ticks % TimeSpan.TicksPerMinute);
        if (BannedUntil().Match(message) is not { Success: true } ban
            || !long.TryParse(ban.Groups["ms"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var until))
            return retryAfter;
        var told = DateTime.UnixEpoch.AddMilliseconds(until) - now;
        return told > (retryAfter ?? TimeSpan.Zero) ? told : retryAfter;
    }

    private static (int Code, string Message) CodeOf(ReadOnlySpan<byte> body)
    {
        var (code, message) = (0, "");
        try
        {
            var json = new Utf8JsonReader(body);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return (0, "");
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.ValueTextEquals("code"u8))
                {
                    if (json.Read() && json.TokenType == JsonTokenType.Number && !json.TryGetInt32(out code)) code = 0;
                }
                else if (json.ValueTextEquals("msg"u8))
                {
                    if (json.Read() && json.TokenType == JsonTokenType.String) message = json.GetString() ?? "";
                }
                else
                {
                    json.Read();
                }

                json.TrySkip();
            }
        }
        catch (JsonException)
        {
            // A page of a gateway, say; the status tells enough.
        }

        return (code, Clean(message));
    }

    private static string Clean(string message)
    {
        var plain = string.Concat(message.Where(letter => !char.IsControl(letter)));
        var clean = KnownSecrets.OfProcess.Without(Signature().Replace(plain, "${name}" + KnownSecrets.Mask));
        return clean.Length <= LongestMessage ? clean : clean[..LongestMessage];
    }

    [GeneratedRegex("(?<name>signature[\"']?[=:])[^&, ]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, MatchMilliseconds)]
    private static partial Regex Signature();

    [GeneratedRegex("banned until (?<ms>[0-9]{13})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, MatchMilliseconds)]
    private static partial Regex BannedUntil();
}
