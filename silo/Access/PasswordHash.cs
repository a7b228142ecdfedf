using System.Security.Cryptography;
using OrleansTrader.Adapters.Secrets;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Silo.Access;

/// <summary>What is kept of a password: PBKDF2-HMAC-SHA512 of it, from which nobody gets it back but by guessing.</summary>
/// <param name="Iterations">Rounds; each guess costs as many.</param>
/// <param name="Salt">Random bytes, new with each password.</param>
public sealed record PasswordHash(int Iterations, byte[] Salt, byte[] Hash)
{
    /// <summary>The shortest password, in characters.</summary>
    public const int Shortest = 12;

    /// <summary>The longest one: more would only be work for whoever checks it.</summary>
    public const int Longest = 1024;

    private const int HashLength = 64;

    /// <summary>False when a file was altered or broken.</summary>
    internal bool IsSound => Pbkdf2.AreSound(Iterations, Salt) && Hash is { Length: HashLength };

    /// <exception cref="AccessException">It is too short or too long, or has what nobody can type.</exception>
    public static PasswordHash Of(string password)
    {
        ArgumentNullException.ThrowIfNull(password);
        if (!Pbkdf2.IsTyped(password)) throw new AccessException("The password has control characters; use what can be typed.");
        if (password.Length is < Shortest or > Longest) throw new AccessException($"The password has {Counted.Of(password.Length, "character")}; it must have from {Shortest} to {Longest}.");
        var salt = Pbkdf2.NewSalt();
        return new PasswordHash(Pbkdf2.StandardIterations, salt, Pbkdf2.Derive(password, salt, Pbkdf2.StandardIterations, HashLength));
    }

    /// <summary>Takes as long for a right password as for a wrong one: some tenths of a second.</summary>
    public bool Matches(string password) => Pbkdf2.IsTyped(password) && CryptographicOperations.FixedTimeEquals(Hash, Pbkdf2.Derive(password, Salt, Iterations, HashLength));

    public override string ToString() => "***";
}
