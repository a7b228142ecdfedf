using System.Text.Json.Serialization;

namespace OrleansTrader.Adapters.Secrets;

/// <summary>How the master key comes from what the owner gives; stored beside what it seals.</summary>
/// <param name="Iterations">Rounds of PBKDF2-HMAC-SHA512; 0 where the owner gives a key, which is taken as it is.</param>
/// <param name="Salt">Random bytes of this installation.</param>
internal sealed record KeyRule(int Iterations, byte[] Salt)
{
    [JsonIgnore]
    public bool IsPassphrase => Iterations > 0;

    [JsonIgnore]
    public bool IsSound => Iterations == 0 ? Salt is { Length: Pbkdf2.SaltLength } : Pbkdf2.AreSound(Iterations, Salt);

    public static KeyRule For(KeyMaterial key) => new(key.IsPassphrase ? Pbkdf2.StandardIterations : 0, Pbkdf2.NewSalt());
}
