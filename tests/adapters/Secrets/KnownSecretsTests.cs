using System.Net;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using OrleansTrader.Adapters.Secrets;

namespace OrleansTrader.Adapters.Tests.Secrets;

public class KnownSecretsTests
{
    private static readonly Gen<string> Texts = Gen.Choose(33, 126).Select(letter => (char)letter).ArrayOf().Select(letters => new string(letters));

    [Fact]
    public void However_a_secret_is_written_into_a_text_it_does_not_come_out_of_it()
    {
        var cases =
            from length in Gen.Choose(KnownSecrets.Shortest + 2, 60)
            from letters in Gen.Elements("abcXYZ0189+/=&%\"\\<é ;:'".ToCharArray()).ArrayOf(length)
            from before in Texts
            from after in Texts
            select (Secret: new string(letters), before, after);
        Prop.ForAll(cases.ToArbitrary(), known =>
        {
            var secrets = new KnownSecrets();
            secrets.Add(known.Secret);
            foreach (var form in FormsOf(known.Secret, known.before))
            {
                var clean = secrets.Without($"{known.before}{form}{known.after}");
                Assert.DoesNotContain(form, clean, StringComparison.Ordinal);
                Assert.Contains(KnownSecrets.Mask, clean, StringComparison.Ordinal);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void Of_two_secrets_that_overlap_nothing_stays()
    {
        var secrets = new KnownSecrets();
        secrets.Add("abcdefgh");
        secrets.Add("efghijklmn");
        secrets.Add("efghij");
        Assert.Equal("x *** y *** z", secrets.Without("x abcdefghijklmn y efghij z"));
    }

    [Fact]
    public void A_text_of_no_secret_stays_the_same_one_and_what_is_too_short_is_no_secret()
    {
        var secrets = new KnownSecrets();
        secrets.Add("short");
        secrets.Add(secret: null);
        const string Text = "short and long";
        Assert.Same(Text, secrets.Without(Text));
    }

    [Fact]
    public void A_key_is_found_as_text_of_any_kind_and_a_private_key_by_each_of_its_lines()
    {
        var secrets = new KnownSecrets();
        byte[] key = [.. Enumerable.Range(0, 32).Select(n => (byte)(n * 37))];
        secrets.Add(key);
        secrets.Add("-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIGluw\nAbCdEfGhIjKlMnOpQr\n-----END PRIVATE KEY-----");
        Assert.Equal("*** *** ***", secrets.Without($"{Convert.ToBase64String(key)} {Convert.ToHexString(key)} {Convert.ToHexStringLower(key)}"));
        Assert.Equal("the line *** is odd", secrets.Without("the line AbCdEfGhIjKlMnOpQr is odd"));
    }

    private static IEnumerable<string> FormsOf(string secret, string before)
    {
        yield return secret;
        yield return Uri.EscapeDataString(secret);
        yield return WebUtility.UrlEncode(secret);
        yield return JsonSerializer.Serialize(secret)[1..^1];
        yield return Convert.ToHexStringLower(Encoding.UTF8.GetBytes(secret));
        // As a header of basic authentication has it, less the letters that it shares with what stands around it.
        var (start, bytes) = (Encoding.UTF8.GetByteCount(before), Encoding.UTF8.GetBytes(secret));
        yield return Convert.ToBase64String(Encoding.UTF8.GetBytes($"{before}{secret}"))[(((start * 8) + 5) / 6)..((start + bytes.Length) * 8 / 6)];
    }
}
