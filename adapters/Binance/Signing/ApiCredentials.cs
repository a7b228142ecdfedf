using OrleansTrader.Adapters.Secrets;

namespace OrleansTrader.Adapters.Binance.Signing;

/// <summary>An API key and what signs for it.</summary>
public sealed class ApiCredentials : IDisposable
{
    // Printable ASCII without the space: what a header may bear.
    private const char FirstSign = '!';
    private const char LastSign = '~';

    private ApiCredentials(string apiKey, RequestSigner signer) => (ApiKey, Signer) = (apiKey, signer);

    /// <summary>The public half, as the exchange shows it; kept out of logs all the same.</summary>
    public string ApiKey { get; }

    public RequestSigner Signer { get; }

    /// <summary>Takes a key pair as the owner stored it and tells by the secret which kind it is.</summary>
    /// <param name="secret">The secret key of an HMAC pair, or an RSA private key in PEM.</param>
    /// <exception cref="BinanceKeyException">It is no key, or one of a kind that cannot sign here.</exception>
    public static ApiCredentials From(string apiKey, string secret)
    {
        ArgumentNullException.ThrowIfNull(apiKey);
        ArgumentNullException.ThrowIfNull(secret);
        KnownSecrets.OfProcess.Add(apiKey);
        KnownSecrets.OfProcess.Add(secret);
        (apiKey, secret) = (apiKey.Trim(), secret.Trim());
        KnownSecrets.OfProcess.Add(apiKey);
        KnownSecrets.OfProcess.Add(secret);
        if (!IsPlain(apiKey)) throw new BinanceKeyException("The API key is empty or has a space or another sign in it that no key has; store it again exactly as Binance shows it.");
        if (PrivateKeyText.IsKey(secret)) return new ApiCredentials(apiKey, new RsaSigner(PrivateKeyText.ReadRsa(secret)));
        if (!IsPlain(secret)) throw new BinanceKeyException("The secret key is empty or has a space or another sign in it that no key has; store it again exactly as Binance showed it when the API key was made.");
        return new ApiCredentials(apiKey, new HmacSigner(secret));
    }

    public void Dispose() => Signer.Dispose();

    public override string ToString() => KnownSecrets.Mask;

    private static bool IsPlain(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExceptInRange(FirstSign, LastSign);
}
