using System.Security.Cryptography;
using OrleansTrader.Adapters.Binance.Signing;
using OrleansTrader.Adapters.Secrets;

namespace OrleansTrader.Adapters.Tests.Binance.Signing;

public sealed class ApiCredentialsTests
{
    [Theory]
    [InlineData(TestKeys.Ed25519)]
    [InlineData(TestKeys.Ed25519Base64)]
    public void An_Ed25519_key_is_recognised_and_refused_with_what_to_do(string secret)
    {
        var refused = Assert.Throws<BinanceKeyException>(() => ApiCredentials.From(TestKeys.ApiKey, secret));
        Assert.Equal("This is an Ed25519 key, with which this service cannot sign, since .NET has no Ed25519; make an API key of the kind HMAC or RSA at Binance and store that one.", refused.Message);
    }

    [Theory]
    [InlineData("", TestKeys.Secret, "The API key is empty")]
    [InlineData("abc def", TestKeys.Secret, "The API key is empty or has a space")]
    [InlineData(TestKeys.ApiKey, " ", "The secret key is empty")]
    [InlineData(TestKeys.ApiKey, "abc\ndef", "The secret key is empty or has a space")]
    [InlineData(TestKeys.ApiKey, "-----BEGIN PRIVATE KEY-----\nMIIEvgIBADANBg", "The private key is cut off")]
    [InlineData(TestKeys.ApiKey, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "The private key cannot be read")]
    [InlineData(TestKeys.ApiKey, "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----", "The private key is under a passphrase")]
    [InlineData(TestKeys.ApiKey, "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "This is the public key")]
    [InlineData(TestKeys.ApiKey, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "This is no private key that Binance takes")]
    public void What_is_no_key_is_refused_in_a_sentence_that_bears_none_of_it(string apiKey, string secret, string sentence)
    {
        var refused = Assert.Throws<BinanceKeyException>(() => ApiCredentials.From(apiKey, secret));
        Assert.StartsWith(sentence, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("AAAA", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_RSA_key_that_is_too_short_for_the_exchange_is_refused()
    {
        using var key = RSA.Create(1024);
        var refused = Assert.Throws<BinanceKeyException>(() => ApiCredentials.From(TestKeys.ApiKey, key.ExportPkcs8PrivateKeyPem()));
        Assert.Equal("The RSA key has 1024 bits; Binance takes 2048 to 4096.", refused.Message);
    }

    [Fact]
    public void Both_forms_of_an_RSA_key_are_taken()
    {
        using var key = RSA.Create(2048);
        foreach (var pem in new[] { key.ExportPkcs8PrivateKeyPem(), key.ExportRSAPrivateKeyPem() })
        {
            using var credentials = ApiCredentials.From(TestKeys.ApiKey, pem);
            var signature = new byte[credentials.Signer.LongestSignature];
            var length = credentials.Signer.Sign("payload"u8, signature);
            Assert.True(key.VerifyData("payload"u8, Convert.FromBase64String(System.Text.Encoding.ASCII.GetString(signature, 0, length)), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        }
    }

    [Fact]
    public void Keys_that_were_read_are_known_as_secrets_and_do_not_show_themselves()
    {
        using var credentials = ApiCredentials.From("  plain-api-key-of-a-test\n", "plain-secret-of-a-test \n");
        Assert.Equal("plain-api-key-of-a-test", credentials.ApiKey);
        Assert.Equal("*** and ***", KnownSecrets.OfProcess.Without("plain-api-key-of-a-test and plain-secret-of-a-test"));
        Assert.Equal("***", credentials.ToString());
    }
}
