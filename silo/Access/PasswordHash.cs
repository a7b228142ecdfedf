using System.Security.Cryptography;
using System.Text;

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

    private const int StandardIterations = 600_000;
    private const int MostIterations = 100_000_000;
    private const int SaltLength = 32;
    private const int HashLength = 64;

    /// <summary>False when a file was altered or broken.</summary>
    internal bool IsSound => Iterations is >= StandardIterations and <= MostIterations && Salt is { Length: SaltLength } && Hash is { Length: HashLength };

    /// <exception cref="AccessException">It is too short or too long, or has what nobody can type.</exception>
    public static PasswordHash Of(string password)
    {
        ArgumentNullException.ThrowIfNull(password);
        if (!IsTyped(password)) throw new AccessException("The password has control characters; use what can be typed.");
        if (password.Length is < Shortest or > Longest) throw new AccessException($"The password has {password.Length} characters; it must have from {Shortest} to {Longest}.");
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        return new PasswordHash(StandardIterations, salt, HashOf(password, salt, StandardIterations));
    }

    /// <summary>Takes as long for a right password as for a wrong one: some tenths of a second.</summary>
    public bool Matches(string password) => IsTyped(password) && CryptographicOperations.FixedTimeEquals(Hash, HashOf(password, Salt, Iterations));

    public override string ToString() => "***";

    // HMAC fills a key up with zeros, so that a password and the same with zeros after it would be one.
    private static bool IsTyped(string password) => !password.Any(char.IsControl);

    private static byte[] HashOf(string password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, iterations, HashAlgorithmName.SHA512, HashLength);
}
