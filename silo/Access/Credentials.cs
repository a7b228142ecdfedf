using System.Collections.Immutable;
using System.Security.Cryptography;

namespace OrleansTrader.Silo.Access;

/// <summary>Who may come in: the owner by a password, scripts by tokens.</summary>
/// <param name="Password">Null where none is set: nobody can log in.</param>
/// <param name="Tokens">By name.</param>
public sealed record Credentials(PasswordHash? Password, ImmutableArray<AccessToken> Tokens)
{
    public static Credentials None { get; } = new(null, []);

    public bool AreSet => Password is not null || !Tokens.IsEmpty;

    internal bool AreSound => Password is null or { IsSound: true } && !Tokens.IsDefault && Tokens.All(token => token is { Name: not null, Hash.Length: SHA256.HashSizeInBytes });

    /// <summary>The token of that text; null when there is none.</summary>
    public AccessToken? Find(string text)
    {
        var hash = AccessToken.HashOf(text);
        foreach (var token in Tokens)
            if (CryptographicOperations.FixedTimeEquals(token.Hash, hash))
                return token;
        return null;
    }
}
