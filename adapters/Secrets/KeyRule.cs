using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace OrleansTrader.Adapters.Secrets;

/// <summary>How the master key comes from what the owner gives; stored beside what it seals.</summary>
/// <param name="Iterations">Rounds of PBKDF2-HMAC-SHA512; 0 where the owner gives a key, which is taken as it is.</param>
/// <param name="Salt">Random bytes of this installation.</param>
internal sealed record KeyRule(int Iterations, byte[] Salt)
{
    /// <summary>What its owner waits for once, whoever guesses waits for with every guess.</summary>
    public const int StandardIterations = 600_000;

    /// <summary>More would only keep the owner waiting; a file that asks for more was altered.</summary>
    private const int MostIterations = 100_000_000;

    private const int SaltLength = 32;

    [JsonIgnore]
    public bool IsPassphrase => Iterations > 0;

    [JsonIgnore]
    public bool IsSound => Salt is { Length: SaltLength } && Iterations is 0 or (>= StandardIterations and <= MostIterations);

    public static KeyRule For(KeyMaterial key) => new(key.IsPassphrase ? StandardIterations : 0, RandomNumberGenerator.GetBytes(SaltLength));
}
