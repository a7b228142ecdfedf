using System.Security.Cryptography;
using System.Text;
using OrleansTrader.Adapters.Secrets;

namespace OrleansTrader.Adapters.Tests.Secrets;

/// <summary>What is sealed rests on published functions; these are published answers of them.</summary>
public sealed class KnownAnswerTests
{
    // The passphrase of RFC 6070's longest case, through SHA-512.
    [Fact]
    public void A_passphrase_becomes_the_key_that_PBKDF2_HMAC_SHA512_makes_of_it()
    {
        var rule = new KeyRule(4096, "saltSALTsaltSALTsaltSALTsaltSALTsalt"u8.ToArray());
        using var master = KeyMaterial.Parse("passwordPASSWORDpassword", "the test").Derive(rule);
        var expected = Convert.FromHexString("8c0511f4c6e597c6ac6315d8f0362e225f3c501495ba23b868c005174dc4ee71");
        Assert.Equal(HKDF.DeriveKey(HashAlgorithmName.SHA256, expected, 32, [], "x"u8.ToArray()), master.For("x", []));
    }

    [Theory]
    [InlineData(1, "867f70cf1ade02cff3752599a3a53dc4af34c7a669815ae5d513554e1c8cf252c02d470a285a0501bad999bfe943c08f050235d7d68b1da55e63f73b60a57fce")]
    [InlineData(2, "e1d9c16aa681708a45f5c7c4e215ceb66e011a2e9f0040713f18aefdb866d53cf76cab2868a39b9f7840edce4fef5a82be67335c77a6068e04112754f27ccf4e")]
    [InlineData(4096, "d197b1b33db0143e018b12f3d1d1479e6cdebdcc97c5c0f87f6902e072f457b5143f30602641b3d55cd335988cb36b84376060ecd532e039b742a239434af2d5")]
    public void PBKDF2_HMAC_SHA512_gives_its_published_answers(int iterations, string expected) =>
        Assert.Equal(expected, Convert.ToHexStringLower(Pbkdf2.Derive("password", "salt"u8.ToArray(), iterations, 64)));

    // RFC 5869, A.1 and A.3; a purpose is text here, so that the first is asked of the function itself.
    [Fact]
    public void HKDF_SHA256_gives_its_published_answers()
    {
        var key = Enumerable.Repeat((byte)0x0b, 22).ToArray();
        Assert.Equal(
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
            Convert.ToHexStringLower(HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 42, Convert.FromHexString("000102030405060708090a0b0c"), Convert.FromHexString("f0f1f2f3f4f5f6f7f8f9"))));
        using var master = new MasterKey(key);
        Assert.Equal("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8", Convert.ToHexStringLower(master.For("", [], 42)));
    }

    // Test case 16 of McGrew and Viega, The Galois/Counter Mode of Operation.
    [Fact]
    public void AES_256_GCM_gives_its_published_answer_and_opens_it_again()
    {
        var key = Convert.FromHexString("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
        var nonce = Convert.FromHexString("cafebabefacedbaddecaf888");
        var text = Convert.FromHexString("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
        var about = Convert.FromHexString("feedfacedeadbeeffeedfacedeadbeefabaddad2");
        var closed = AesGcmSeal.Close(key, nonce, text, about);
        Assert.Equal("522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b", Convert.ToHexStringLower(closed));
        Assert.Equal(text, AesGcmSeal.Open(key, nonce, closed, about));
    }

    [Fact]
    public void What_was_altered_in_any_bit_does_not_open()
    {
        var (key, nonce, about) = (RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(12), Encoding.UTF8.GetBytes("about"));
        var closed = AesGcmSeal.Close(key, nonce, "secret"u8, about);
        for (var bit = 0; bit < closed.Length * 8; bit++)
        {
            var altered = closed.ToArray();
            altered[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(AesGcmSeal.Open(key, nonce, altered, about));
        }

        Assert.Null(AesGcmSeal.Open(key, nonce, closed, "another"u8));
        Assert.Null(AesGcmSeal.Open(key, nonce, closed.AsSpan(0, 8), about));
    }
}
