using System.Text;
using OrleansTrader.Adapters.Journal;
using OrleansTrader.Adapters.Secrets;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Ports;
using OrleansTrader.Silo.Hosting;
using OrleansTrader.Silo.Settings;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Service;

/// <summary>What the service and the command line do with the key file of sealed state, and without the file of master keys.</summary>
public sealed class SealedStateTests : IDisposable
{
    private const string Passphrase = "correct horse battery staple";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trader-");
    private readonly StateLayout _state;

    public SealedStateTests() => _state = new StateLayout(_folder.FullName);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string KeyFile => Path.Combine(_folder.FullName, "owner.key");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_key_file_may_have_a_key_as_it_is_or_in_base64_or_a_passphrase()
    {
        byte[] key = [.. Enumerable.Range(200, 32).Select(n => (byte)n)];
        var first = OpenWith(key);
        Assert.Equal(first.CurrentId, OpenWith(Encoding.ASCII.GetBytes(Convert.ToBase64String(key) + "\n")).CurrentId);
        // Thirty-two letters are a passphrase, not the bytes of a key.
        Assert.Contains("was sealed with a key of 32 bytes, and a passphrase was given", Assert.Throws<SecretException>(() => OpenWith("abcdefghijklmnopqrstuvwxyz012345"u8.ToArray())).Message, StringComparison.Ordinal);
        Assert.Contains("it is another one than that with which it was sealed", Assert.Throws<SecretException>(() => OpenWith([.. key[..31], 1])).Message, StringComparison.Ordinal);
        var before = File.ReadAllBytes(_state.Seal);
        foreach (var (content, told) in new[]
        {
            (key[..31], $"The key from {KeyFile} is no text and has 31 bytes"),
            ([], $"The key from {KeyFile} is too short"),
            ("line\nline and more"u8.ToArray(), $"The passphrase from {KeyFile} has control characters"),
        })
            Assert.StartsWith(told, Assert.Throws<SecretException>(() => OpenWith(content)).Message, StringComparison.Ordinal);

        Assert.Equal(before, File.ReadAllBytes(_state.Seal));
        File.Delete(KeyFile);
        Assert.StartsWith($"The key file {KeyFile} (State:KeyFile) cannot be read", Assert.Throws<SecretException>(() => SealedState.Open(Settings, _state, isSaid: true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_passphrase_in_a_file_may_end_in_a_line_feed()
    {
        var first = OpenWith(Encoding.UTF8.GetBytes(Passphrase));
        Assert.Equal(first.CurrentId, OpenWith(Encoding.UTF8.GetBytes(Passphrase + "\r\n")).CurrentId);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Master_keys_that_are_lost_are_told_and_none_is_made_in_their_place(bool isArchived)
    {
        var seal = OpenWith(Encoding.UTF8.GetBytes(Passphrase));
        using (var journal = new FileJournal(new JournalOptions { Folder = _state.Journal, SyncToDisk = false, SegmentBytes = 1_024, Encrypt = true, Seal = seal }))
        {
            for (var first = 1; first <= 20; first++) await journal.AppendAsync("paper", new JournalBatch(first, DateTime.UnixEpoch, StepPhase.Decided, default, [], [new Fact { Kind = FactKind.TermsChanged, Time = DateTime.UnixEpoch, Terms = "terms" }]), Cancellation);
            if (isArchived) await journal.ArchiveAsync("paper", 20);
        }

        File.Delete(_state.Seal);
        foreach (var settings in (StateSettings[])[Settings, new StateSettings { Folder = _state.Folder }])
        {
            var lost = Assert.Throws<SecretException>(() => SealedState.Open(settings, _state, isSaid: true));
            Assert.Contains($"is sealed, and {_state.Seal}, which has the master keys, is gone; nothing was changed.", lost.Message, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(_state.Seal));
        foreach (var command in (string[][])[["list"], ["rebuild"], ["rotate", "--seal"], ["rekey"]])
        {
            var (exitCode, output, errors) = await ProgramRun.ToEndAsync(ProgramRun.Cli, _folder.FullName, ["journal", .. command, "--state", _folder.FullName], ("TRADER_KEY", Passphrase));
            Assert.Equal((2, 0), (exitCode, output.Length));
            Assert.Contains("which has the master keys, is gone", Assert.Single(errors), StringComparison.Ordinal);
        }

        Assert.Equal(0, (await ProgramRun.ToEndAsync(ProgramRun.Cli, _folder.FullName, "journal", "verify", "--state", _folder.FullName)).ExitCode);

        // Who makes new ones all the same is told which key is missing, and nothing is taken for damage.
        await StateSeal.OpenAsync(_state.Seal, KeyMaterial.Parse(Passphrase, "the test"), TimeProvider.System, Cancellation);
        var other = SealedState.Open(Settings, _state, isSaid: true)!;
        Assert.NotEqual(seal.CurrentId, other.CurrentId, StringComparer.Ordinal);
        using var again = new FileJournal(new JournalOptions { Folder = _state.Journal, SyncToDisk = false, Encrypt = true, Seal = other });
        var missing = await Assert.ThrowsAsync<SecretException>(async () => await again.ReadAsync("paper", 1, Cancellation).FirstAsync(Cancellation));
        Assert.Contains($"sealed with the master key {seal.CurrentId}, which is not among those", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_sealed_goes_on_in_the_clear_only_where_the_settings_say_so()
    {
        OpenWith(Encoding.UTF8.GetBytes(Passphrase));
        var silent = new StateSettings { Folder = _state.Folder, KeyFile = KeyFile };
        Assert.Equal(
            $"The state in {_state.Folder} is sealed, and State:Encrypt is not set; set it to true to go on so, or to false to write what comes from now on in the clear.",
            Assert.Throws<SecretException>(() => SealedState.Open(silent, _state, isSaid: false)).Message);
        Assert.NotNull(SealedState.Open(silent, _state, isSaid: true));
    }

    [Fact]
    public void A_key_file_that_is_named_must_be_there_also_where_nothing_is_sealed()
    {
        var settings = new StateSettings { Folder = _state.Folder, KeyFile = KeyFile + ".none" };
        Assert.Equal($"The key file {settings.KeyFile} (State:KeyFile) cannot be read: there is no such file.", Assert.Throws<SecretException>(() => SealedState.Open(settings, _state, isSaid: false)).Message);
        Assert.Null(SealedState.Open(new StateSettings { Folder = _state.Folder }, _state, isSaid: false));
    }

    private StateSettings Settings => new() { Folder = _state.Folder, Encrypt = true, KeyFile = KeyFile };

    private StateSeal OpenWith(byte[] content)
    {
        File.WriteAllBytes(KeyFile, content);
        return SealedState.Open(Settings, _state, isSaid: true)!;
    }
}
