using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using OrleansTrader.ExchangeSimulator.Markets;
using OrleansTrader.ExchangeSimulator.Orders;

namespace OrleansTrader.ExchangeSimulator.Api;

/// <summary>What a request asks by name, whichever way it came; what is malformed is refused where it is read.</summary>
internal sealed partial class Parameters
{
    private const string DecimalRange = @"^([0-9]{1,20})(\.[0-9]{1,20})?$";
    private const string NumberRange = "^[0-9]{1,20}$";
    private const string IdRange = "^[a-zA-Z0-9-_]{1,36}$";
    private const int MostDecimals = 8;

    // Moments before 2017 are no milliseconds, and what is beyond this are microseconds.
    private const long EarliestMilliseconds = 1483228800000;
    private const long FirstMicroseconds = 100_000_000_000_000;

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => _values.Keys;

    public int Count => _values.Count;

    /// <param name="isOverridden">The value that is there counts, as that of a query does against that of a body.</param>
    public void Add(string name, string value, bool isOverridden = false)
    {
        if (_values.TryAdd(name, value) || isOverridden) return;
        throw new Refusal(-1101, $"Duplicate values for parameter '{name}'.");
    }

    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>Null when it was not sent.</summary>
    public string? Text(string name)
    {
        if (!_values.TryGetValue(name, out var value)) return null;
        return value.Length > 0 ? value : throw new Refusal(-1105, $"Parameter '{name}' was empty.");
    }

    public string RequiredText(string name) => _values.GetValueOrDefault(name) is { Length: > 0 } value ? value : throw Refusal.Missing(name);

    /// <summary>0 when it was not sent.</summary>
    public decimal Amount(string name)
    {
        if (Text(name) is not { } text) return 0;
        if (!DecimalPattern().IsMatch(text)) throw Refusal.BadCharacters(name, DecimalRange);
        var value = decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        if (decimal.Round(value, MostDecimals) != value) throw new Refusal(-1111, $"Parameter '{name}' has too much precision.");
        return value;
    }

    public decimal RequiredAmount(string name)
    {
        RequiredText(name);
        return Amount(name);
    }

    public long? Number(string name)
    {
        if (Text(name) is not { } text) return null;
        if (!NumberPattern().IsMatch(text) || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)) throw Refusal.BadCharacters(name, NumberRange);
        return value;
    }

    public int Number(string name, int otherwise, int most) => (int)Math.Min(Number(name) ?? otherwise, most);

    public bool Flag(string name, bool otherwise) => Text(name) switch
    {
        null => otherwise,
        "true" => true,
        "false" => false,
        _ => throw Refusal.BadCharacters(name, "^(true|false)$"),
    };

    public T? Term<T>(string name, int code, string message)
        where T : struct, Enum
    {
        if (Text(name) is not { } text) return null;
        return Orders.Term<T>.TryParse(text, out var value) ? value : throw new Refusal(code, message);
    }

    /// <summary>An id that a client may give; null when it gave none.</summary>
    public string? ClientId(string name)
    {
        if (Text(name) is not { } text) return null;
        return IdPattern().IsMatch(text) ? text : throw Refusal.BadCharacters(name, IdRange);
    }

    /// <summary>A moment in milliseconds or microseconds; null when it was not sent.</summary>
    public DateTime? Moment(string name)
    {
        if (Number(name) is not { } number) return null;
        var ticks = number < FirstMicroseconds ? number * TimeSpan.TicksPerMillisecond : number * TimeSpan.TicksPerMicrosecond;
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks ? DateTime.UnixEpoch.AddTicks(ticks) : throw Refusal.BadCharacters(name, NumberRange);
    }

    /// <summary>As <see cref="Moment"/>, but malformed when it lies before 2017.</summary>
    public DateTime Timestamp(string name)
    {
        RequiredText(name);
        var moment = Moment(name)!.Value;
        return moment >= DateTime.UnixEpoch.AddMilliseconds(EarliestMilliseconds) ? moment : throw Refusal.BadCharacters(name, NumberRange);
    }

    /// <summary>Names in a list such as <c>["BTCUSDT","ETHUSDT"]</c>; null when it was not sent.</summary>
    public IReadOnlyList<string>? List(string name)
    {
        if (Text(name) is not { } text) return null;
        try
        {
            var names = JsonSerializer.Deserialize<string[]>(text) ?? throw Refusal.BadCharacters(name, "^\\[(\"[A-Z0-9-_.]{1,20}\",?)*\\]$");
            var twice = names.Distinct(StringComparer.Ordinal).Count() < names.Length;
            return twice ? throw new Refusal(-1151, $"Symbol is present multiple times in the list.") : names;
        }
        catch (JsonException)
        {
            throw Refusal.BadCharacters(name, "^\\[(\"[A-Z0-9-_.]{1,20}\",?)*\\]$");
        }
    }

    /// <summary>Names joined with their values in the order of names, as the WebSocket API signs them.</summary>
    public string Sorted(string except) =>
        string.Join('&', _values.Where(pair => !string.Equals(pair.Key, except, StringComparison.Ordinal)).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));

    [GeneratedRegex(@"^([0-9]{1,20})(\.[0-9]{1,20})?\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex DecimalPattern();

    [GeneratedRegex(@"^[0-9]{1,20}\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex NumberPattern();

    [GeneratedRegex(@"^[a-zA-Z0-9-_]{1,36}\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex IdPattern();
}
