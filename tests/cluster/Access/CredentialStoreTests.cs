using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Api.Security;
using OrleansTrader.Silo.Access;
using OrleansTrader.Silo.Settings;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Access;

/// <summary>The file of credentials holds nothing that opens a door.</summary>
public sealed class CredentialStoreTests : IDisposable
{
    private const string Password = "correct horse battery";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trader-");
    private readonly CredentialStore _store;

    public CredentialStoreTests() => _store = new CredentialStore(PathOf("access.json"), TimeProvider.System);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_password_and_tokens_are_found_again_and_stand_in_no_file()
    {
        Assert.False((await _store.ReadAsync(Cancellation)).AreSet);
        await _store.SetPasswordAsync(Password, Cancellation);
        var text = await _store.CreateTokenAsync("report", AccessScope.Read, Cancellation);
        var known = await _store.ReadAsync(Cancellation);
        Assert.True(known.Password!.Matches(Password));
        Assert.False(known.Password.Matches(Password + " "));
        Assert.Equal(("report", AccessScope.Read), (known.Find(text)!.Name, known.Find(text)!.Scope));
        Assert.Null(known.Find(text + "A"));
        Assert.Null(known.Find(Convert.ToBase64String(known.Tokens[0].Hash)));
        foreach (var file in _folder.GetFiles())
        {
            var content = await File.ReadAllTextAsync(file.FullName, Cancellation);
            Assert.DoesNotContain("horse", content, StringComparison.Ordinal);
            Assert.DoesNotContain(text, content, StringComparison.Ordinal);
            if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, file.UnixFileMode);
        }
    }

    [Fact]
    public async Task What_was_revoked_or_replaced_does_not_come_back_with_the_previous_version()
    {
        await _store.SetPasswordAsync("the password before", Cancellation);
        var text = await _store.CreateTokenAsync("report", AccessScope.Trade, Cancellation);
        Assert.True(await _store.RevokeTokenAsync("report", Cancellation));
        Assert.False(await _store.RevokeTokenAsync("report", Cancellation));
        await _store.SetPasswordAsync(Password, Cancellation);
        File.Delete(PathOf("access.json"));
        var known = await _store.ReadAsync(Cancellation);
        Assert.Null(known.Find(text));
        Assert.True(known.Password!.Matches(Password));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Report")]
    [InlineData("1report")]
    [InlineData("re port")]
    [InlineData("<script>")]
    public async Task A_name_that_is_none_is_refused(string name) =>
        await Assert.ThrowsAsync<AccessException>(() => _store.CreateTokenAsync(name, AccessScope.Read, Cancellation));

    [Fact]
    public async Task A_name_that_is_taken_and_a_password_that_is_too_short_or_long_are_refused()
    {
        await _store.CreateTokenAsync("report", AccessScope.Read, Cancellation);
        await Assert.ThrowsAsync<AccessException>(() => _store.CreateTokenAsync("report", AccessScope.Trade, Cancellation));
        await Assert.ThrowsAsync<AccessException>(() => _store.SetPasswordAsync("elevenchars", Cancellation));
        await Assert.ThrowsAsync<AccessException>(() => _store.SetPasswordAsync(new string('x', 1025), Cancellation));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"Password\":{\"Iterations\":1,\"Salt\":\"\",\"Hash\":\"\"},\"Tokens\":[]}")]
    public async Task A_file_that_was_altered_is_refused(string content) => await RefuseAsync(content);

    [Fact]
    public async Task Fewer_rounds_than_are_made_here_are_refused()
    {
        var salt = Convert.ToBase64String(new byte[32]);
        var hash = Convert.ToBase64String(new byte[64]);
        await RefuseAsync($$"""{"Password":{"Iterations":599999,"Salt":"{{salt}}","Hash":"{{hash}}"},"Tokens":[]}""");
        await new SnapshotFile().WriteAsync(PathOf("access.json"), Encoding.UTF8.GetBytes($$"""{"Password":{"Iterations":600000,"Salt":"{{salt}}","Hash":"{{hash}}"},"Tokens":[]}"""), Cancellation);
        Assert.NotNull((await _store.ReadAsync(Cancellation)).Password);
    }

    [Fact]
    public async Task What_could_not_be_read_is_read_once_it_can_be_whatever_the_date_of_the_file_says()
    {
        await _store.SetPasswordAsync("the password of a test", Cancellation);
        var (file, good) = (PathOf("access.json"), await File.ReadAllBytesAsync(PathOf("access.json"), Cancellation));
        var written = File.GetLastWriteTimeUtc(file);
        foreach (var version in new[] { file, file + ".bak" }) await File.WriteAllBytesAsync(version, new byte[good.Length], Cancellation);
        File.SetLastWriteTimeUtc(file, written);
        using var inForce = new CredentialsInForce(_store, AccessRules.Make("http://127.0.0.1:5080", new AccessSettings(), hasCredentials: false), NullLogger<CredentialsInForce>.Instance);
        Assert.Null((await inForce.NowAsync(Cancellation)).Password);
        Assert.Equal((false, true), (inForce.CanRead, inForce.IsLoginNeeded));

        await File.WriteAllBytesAsync(file, good, Cancellation);
        File.SetLastWriteTimeUtc(file, written);
        Assert.NotNull((await inForce.NowAsync(Cancellation)).Password);
        Assert.True(inForce.CanRead);
    }

    private async Task RefuseAsync(string content)
    {
        await new SnapshotFile().WriteAsync(PathOf("access.json"), Encoding.UTF8.GetBytes(content), Cancellation);
        Assert.Contains("was altered", (await Assert.ThrowsAsync<AccessException>(() => _store.ReadAsync(Cancellation))).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
