using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Binance.Execution;

/// <summary>
/// What the orders of an account are called at the exchange: the same name for the same order after any restart, so that one that was sent
/// before a crash is found again, and a name of another account or of a person is never taken for one.
/// </summary>
public sealed class OrderNames
{
    private const char StopMark = 's';
    private const char TargetMark = 't';
    private const char CancelMark = 'x';
    private const int BytesOfAccount = 5;

    private readonly string _prefix;

    /// <param name="account">Name of the account.</param>
    public OrderNames(string account) =>
        _prefix = $"ot{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(account))[..BytesOfAccount])}-";

    /// <summary>Of the order, or of the list of an OCO.</summary>
    /// <param name="orderId">The account's own number.</param>
    public string Of(long orderId) => string.Create(CultureInfo.InvariantCulture, $"{_prefix}{orderId}");

    public string StopOf(long orderId) => Of(orderId) + StopMark;

    public string TargetOf(long orderId) => Of(orderId) + TargetMark;

    /// <summary>What the order is called once it was cancelled: the exchange gives it the name of its cancellation.</summary>
    public string CancellationOf(long orderId) => Of(orderId) + CancelMark;

    /// <summary>True for a name of this account.</summary>
    /// <param name="leg">The leg that is named; none for a whole order and for a cancellation.</param>
    public bool TryParse(string name, out long orderId, out OcoLeg leg)
    {
        (orderId, leg) = (0, OcoLeg.None);
        if (!name.StartsWith(_prefix, StringComparison.Ordinal) || name.Length == _prefix.Length) return false;
        var rest = name.AsSpan(_prefix.Length);
        leg = rest[^1] switch { StopMark => OcoLeg.Stop, TargetMark => OcoLeg.Target, _ => OcoLeg.None };
        if (!char.IsAsciiDigit(rest[^1])) rest = rest[..^1];
        return (leg != OcoLeg.None || char.IsAsciiDigit(name[^1]) || name[^1] == CancelMark)
            && long.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out orderId) && orderId > 0;
    }
}
