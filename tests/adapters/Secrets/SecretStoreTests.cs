using System.Text;
using OrleansTrader.Adapters.Secrets;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Tests.Secrets;

public sealed class SecretStoreTests : IDisposable
{
    private const string Hidden = "my-very-secret-value";

    private static readonly KeyMaterial Key = KeyOf(1);
    private static readonly KeyMaterial Passphrase = KeyMaterial.Parse("correct horse battery", "the test");

    private readonly TemporaryFolder _folder = new();
    private readonly SecretStore _store;

    public SecretStoreTests() => _store = new SecretStore(FilePath, TimeProvider.System);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string FilePath => _folder.File("secrets.json");

    public static TheoryData<string> Kinds => ["key", "passphrase"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_is_set_is_found_again_with_the_same_key_alone(string kind)
    {
        var key = string.Equals(kind, "key", StringComparison.Ordinal) ? Key : Passphrase;
        Assert.Empty(await _store.ReadAsync(key, Cancellation));
        await _store.SetAsync("binance.secret", Hidden, key, Cancellation);
        await _store.SetAsync("mail.password", "other", key, Cancellation);
        var found = await new SecretStore(FilePath, TimeProvider.System).ReadAsync(key, Cancellation);
        Assert.Equal([("binance.secret", Hidden), ("mail.password", "other")], found.Select(pair => (pair.Key, pair.Value.Value)));

        var before = await File.ReadAllBytesAsync(FilePath, Cancellation);
        foreach (var wrong in (KeyMaterial[])[KeyOf(2), KeyMaterial.Parse("wrong horse battery", "the test")])
        {
            var refused = await Assert.ThrowsAsync<SecretException>(() => _store.SetAsync("x", "y", wrong, Cancellation));
            Assert.Contains("nothing was changed", refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, await File.ReadAllBytesAsync(FilePath, Cancellation));
    }

    [Fact]
    public async Task No_file_has_a_name_or_a_value_in_the_clear_and_only_its_owner_may_read_it()
    {
        await _store.SetAsync("binance.secret", Hidden, Key, Cancellation);
        await _store.SetAsync("binance.secret", Hidden + "2", Key, Cancellation);
        var files = Directory.GetFiles(_folder.Path);
        Assert.Equal("secrets.json secrets.json.bak", string.Join(" ", files.Select(Path.GetFileName).Order(StringComparer.Ordinal)));
        foreach (var file in files)
        {
            var text = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Cancellation));
            foreach (var part in (string[])[Hidden, Convert.ToBase64String(Encoding.UTF8.GetBytes(Hidden))[..20], "binance"]) Assert.DoesNotContain(part, text, StringComparison.Ordinal);
            if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task A_removed_secret_is_in_no_version_of_the_file()
    {
        await _store.SetAsync("a", Hidden, Key, Cancellation);
        Assert.True(await _store.RemoveAsync("a", Key, Cancellation));
        Assert.False(await _store.RemoveAsync("a", Key, Cancellation));
        File.Delete(FilePath);
        Assert.Empty(await _store.ReadAsync(Key, Cancellation));
    }

    [Fact]
    public async Task After_a_change_of_key_the_old_one_opens_no_version()
    {
        await _store.SetAsync("a", Hidden, Passphrase, Cancellation);
        await _store.RotateAsync(Passphrase, Key, Cancellation);
        Assert.Equal(Hidden, (await _store.ReadAsync(Key, Cancellation))["a"].Value);
        File.Delete(FilePath);
        Assert.Equal(Hidden, (await _store.ReadAsync(Key, Cancellation))["a"].Value);
        Assert.StartsWith("What is sealed was sealed with a key of 32 bytes", (await Assert.ThrowsAsync<SecretException>(() => _store.ReadAsync(Passphrase, Cancellation))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_altered_byte_is_told_and_the_version_before_is_used_once_the_owner_says_so()
    {
        await _store.SetAsync("a", "1", Key, Cancellation);
        await _store.SetAsync("b", "2", Key, Cancellation);
        var whole = await File.ReadAllBytesAsync(FilePath, Cancellation);
        for (var i = 0; i < whole.Length; i++)
        {
            var altered = whole.ToArray();
            altered[i] ^= 1;
            await File.WriteAllBytesAsync(FilePath, altered, Cancellation);
            await Assert.ThrowsAnyAsync<OperatorException>(() => _store.ReadAsync(Key, Cancellation));
            await Assert.ThrowsAnyAsync<OperatorException>(() => _store.SetAsync("c", "3", Key, Cancellation));
        }

        File.Delete(FilePath);
        Assert.Equal("a", Assert.Single(await _store.ReadAsync(Key, Cancellation)).Key);
    }

    [Fact]
    public async Task A_file_whose_checksum_was_made_anew_does_not_open_either()
    {
        await _store.SetAsync("a", "1", Key, Cancellation);
        var snapshots = new Adapters.Storage.SnapshotFile();
        var content = (await snapshots.ReadAsync(FilePath, Cancellation))!;
        for (var i = 0; i < content.Length; i++)
        {
            var altered = content.ToArray();
            altered[i] ^= 1;
            await snapshots.WriteAsync(FilePath, altered, Cancellation);
            // The last digit of base64 has bits that mean nothing, and a name's letter may be written in either case.
            await AssertRefusedOrSameAsync();
        }
    }

    [Theory]
    [InlineData("", "x", "is no name")]
    [InlineData("A", "x", "is no name")]
    [InlineData("../a", "x", "is no name")]
    [InlineData("a", "", "it must have from 1 to 16384")]
    public async Task A_name_or_value_that_is_not_allowed_changes_nothing(string name, string value, string expected)
    {
        var refused = await Assert.ThrowsAsync<SecretException>(() => _store.SetAsync(name, value, Key, Cancellation));
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.False(_store.Exists);
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("elevenchars")]
    public void A_key_that_is_too_short_is_refused(string text) =>
        Assert.StartsWith("The key from TRADER_KEY is too short", Assert.Throws<SecretException>(() => KeyMaterial.Parse(text, "TRADER_KEY")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_secret_does_not_tell_itself() => Assert.DoesNotContain(Hidden, $"{new Secret(Hidden, default)}", StringComparison.Ordinal);

    private async Task AssertRefusedOrSameAsync()
    {
        try
        {
            Assert.Equal("1", Assert.Single(await _store.ReadAsync(Key, Cancellation)).Value.Value);
        }
        catch (SecretException)
        {
            // Told.
        }
    }

    [Fact]
    public void A_passphrase_of_several_lines_is_told_of() =>
        Assert.Equal("The passphrase from a file has control characters, such as a second line; use what can be typed in one line.", Assert.Throws<SecretException>(() => KeyMaterial.Parse("correct horse\nbattery\n", "a file")).Message);

    [Fact]
    public void A_key_file_may_have_the_bytes_as_they_are()
    {
        byte[] raw = [.. Enumerable.Range(200, 32).Select(value => (byte)value)];
        Assert.False(KeyMaterial.Read(raw, "a file").IsPassphrase);
        Assert.True(KeyMaterial.Read("a passphrase of 32 letters, no 1"u8, "a file").IsPassphrase);
        Assert.False(KeyMaterial.Read(Encoding.ASCII.GetBytes(Convert.ToBase64String(raw) + "\n"), "a file").IsPassphrase);
        Assert.Equal("The key from a file is no text and has 31 bytes; give 32 bytes as they are or in base64, or a passphrase.", Assert.Throws<SecretException>(() => KeyMaterial.Read(raw.AsSpan(0, 31), "a file")).Message);
    }

    private static KeyMaterial KeyOf(byte seed) => KeyMaterial.Parse(Convert.ToBase64String([.. Enumerable.Repeat(seed, 32)]), "the test");
}
