using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OrleansTrader.Core.Accounts;

/// <summary>A SHA-256 over every order and fill of an account, in order: two runs with the same hash did the same trades.</summary>
public sealed class OrderHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public void Add(in Fact fact)
    {
        FormattableString? line = fact.Kind switch
        {
            FactKind.OrderCreated => $"order {fact.OrderId} {fact.Time:O} {fact.Symbol} {fact.Side} {fact.Type} {fact.Purpose} {Plain(fact.Quantity)} {Plain(fact.Amount)} {Plain(fact.Stop)} {Plain(fact.Target)}\n",
            FactKind.Filled => $"fill {fact.OrderId} {fact.TradeId} {fact.Time:O} {Plain(fact.Quantity)} {Plain(fact.Price)} {Plain(fact.Fee)}\n",
            _ => null,
        };
        if (line is not null) _hash.AppendData(Encoding.UTF8.GetBytes(line.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>Lower-case hexadecimal of all that was added so far.</summary>
    public override string ToString() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public void Dispose() => _hash.Dispose();

    // Equal decimals may carry different numbers of trailing zeros.
    private static string Plain(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);
}
