using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OrleansTrader.Adapters.Journal;
using OrleansTrader.Adapters.Storage;

namespace OrleansTrader.Adapters.Tests.Journal;

/// <summary>Whoever can write the files, and knows their format with its checksums, but not the key.</summary>
public sealed class JournalChainTests : IDisposable
{
    private const string Account = "paper";
    private const int Lines = 12;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string FilePath => _folder.File(Account + ".journal");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Any_line_altered_removed_repeated_or_moved_is_found_although_its_checksum_is_right()
    {
        await WriteAsync();
        var lines = await File.ReadAllLinesAsync(FilePath, Cancellation);
        var forgeries =
            from kind in Gen.Elements("alter", "remove", "repeat", "swap", "renumber", "exchange")
            from at in Gen.Choose(1, Lines)
            from other in Gen.Choose(1, Lines)
            from place in Gen.Choose(0, 10_000)
            from letter in Gen.Choose(32, 126)
            select Forged(lines, kind, at, other, place, (char)letter);
        Prop.ForAll(forgeries.ToArbitrary(), forged => forged.SequenceEqual(lines) || IsFound(forged)).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));
    }

    [Fact]
    public async Task No_other_letter_passes_in_what_comes_before_the_facts_not_even_a_capital_one()
    {
        await WriteAsync();
        var lines = await File.ReadAllLinesAsync(FilePath, Cancellation);
        var start = Body(lines[1]).IndexOf('{', StringComparison.Ordinal);
        for (var place = 0; place < start; place++)
        {
            for (var letter = ' '; letter <= '~'; letter++)
            {
                var forged = Forged(lines, "alter", 1, 0, place, letter);
                Assert.True(forged.SequenceEqual(lines) || IsFound(forged), $"'{letter}' at {place} of {Body(lines[1])[..start]}");
            }
        }
    }

    [Fact]
    public async Task An_end_that_was_cut_off_is_found_wherever_the_cut_is()
    {
        await WriteAsync();
        var bytes = await File.ReadAllBytesAsync(FilePath, Cancellation);
        for (var length = 0; length < bytes.Length - 1; length += 7)
        {
            await File.WriteAllBytesAsync(FilePath, bytes[..length], Cancellation);
            var refused = await Assert.ThrowsAsync<CorruptStateException>(ReadAsync);
            Assert.Contains($"its head says that fact {Lines} was written", refused.Message, StringComparison.Ordinal);
            Assert.Equal(bytes[..length], await File.ReadAllBytesAsync(FilePath, Cancellation));
        }

        File.Delete(FilePath);
        await Assert.ThrowsAsync<CorruptStateException>(ReadAsync);
    }

    [Fact]
    public async Task A_whole_journal_of_somebody_else_does_not_pass_as_this_one()
    {
        await WriteAsync();
        using var elsewhere = new TemporaryFolder();
        await WriteAsync(elsewhere.Path);
        File.Copy(elsewhere.File(Account + ".journal"), FilePath, overwrite: true);
        File.Copy(elsewhere.File(Account + ".journal.head"), FilePath + ".head", overwrite: true);
        Assert.EndsWith("was written with another key; restore the key file that belongs to it.", (await Assert.ThrowsAsync<CorruptStateException>(ReadAsync)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_power_cut_may_leave_the_head_behind_or_its_latest_place_half_written()
    {
        await WriteAsync();
        var head = await File.ReadAllBytesAsync(FilePath + ".head", Cancellation);
        for (var at = 0; at < head.Length; at++)
        {
            var damaged = head.ToArray();
            damaged[at] ^= 1;
            await File.WriteAllBytesAsync(FilePath + ".head", damaged, Cancellation);
            Assert.Equal(Lines, await ReadAsync());
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_head_that_was_written_anew_without_the_key_is_found(bool isOld)
    {
        await WriteAsync();
        var lines = await File.ReadAllLinesAsync(FilePath, Cancellation);
        await File.WriteAllTextAsync(FilePath, string.Join('\n', lines[..6]) + "\n", Cancellation);
        var head = await File.ReadAllTextAsync(FilePath + ".head", Cancellation);
        var end = $" {5,20} {Body(lines[5]).Split(' ')[1]} ";
        var forged = isOld ? end + '\n' : end + head[63..127] + '\n';
        await File.WriteAllTextAsync(FilePath + ".head", $"{Crc32C.Of(Encoding.ASCII.GetBytes(forged)):x8}{forged}", Cancellation);

        var refused = Assert.Throws<CorruptStateException>(() => new JournalInspection(_folder.Path).Verify(Account, Cancellation)).Message;
        Assert.Contains(isOld ? "bears no signature" : "was not written with the key of the journals", refused, StringComparison.Ordinal);
        if (!isOld)
        {
            await Assert.ThrowsAsync<CorruptStateException>(ReadAsync);
            return;
        }

        // As an older version leaves it, it is read once, and signed.
        Assert.Equal(5, await ReadAsync());
        Assert.Equal(5, new JournalInspection(_folder.Path).Verify(Account, Cancellation).Facts);
    }

    [Fact]
    public async Task A_journal_that_has_lost_its_head_is_not_taken_for_whole()
    {
        await WriteAsync();
        File.Delete(FilePath + ".head");
        Assert.Contains("has lost its head", (await Assert.ThrowsAsync<CorruptStateException>(ReadAsync)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journal_from_before_there_was_a_chain_is_chained_once_and_kept_as_it_was()
    {
        var (lines, text) = await WriteOldAsync();

        Assert.Equal(Lines, await ReadAsync());
        Assert.Equal(lines, await File.ReadAllLinesAsync(FilePath, Cancellation));
        Assert.Equal(text, await File.ReadAllTextAsync(FilePath + ".v1", Cancellation));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_while_a_journal_is_chained_leaves_the_old_one_or_the_new_one_with_its_head(bool isMoved)
    {
        var (lines, text) = await WriteOldAsync();
        using (var journal = new FileJournal(new JournalOptions { Folder = _folder.Path }, logger: null, new CrashingDisk(isMoved)))
            await Assert.ThrowsAnyAsync<Exception>(async () => await journal.ReadAsync(Account, 1, Cancellation).CountAsync(Cancellation));
        Assert.Equal(isMoved ? lines[0] : text.Split('\n')[0], (await File.ReadAllLinesAsync(FilePath, Cancellation))[0]);

        Assert.Equal(Lines, await ReadAsync());
        Assert.Equal(lines, await File.ReadAllLinesAsync(FilePath, Cancellation));
        Assert.Equal(text, await File.ReadAllTextAsync(FilePath + ".v1", Cancellation));
        Assert.Equal(Lines, new JournalInspection(_folder.Path).Verify(Account, Cancellation).Facts);
    }

    private async Task<(string[] Lines, string Old)> WriteOldAsync()
    {
        await WriteAsync();
        var lines = await File.ReadAllLinesAsync(FilePath, Cancellation);
        string[] old = [$"journal 1 {Account}", .. lines.Skip(1).Select(line => string.Join(' ', Body(line).Split(' ', 3) is [var numbers, _, var json] ? [numbers, json] : []))];
        var text = string.Join('\n', old.Select(Framed)) + "\n";
        await File.WriteAllTextAsync(FilePath, text, Cancellation);
        File.Delete(FilePath + ".head");
        return (lines, text);
    }

    [Fact]
    public async Task The_key_is_for_its_owner_alone_and_a_key_of_another_length_is_none()
    {
        await WriteAsync();
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.File("journal.key")));
        _folder.Write("journal.key", "short");
        Assert.Contains("has 5 bytes; it must have 32", (await Assert.ThrowsAsync<StateFolderException>(ReadAsync)).Message, StringComparison.Ordinal);
    }

    private static string[] Forged(string[] lines, string kind, int at, int other, int place, char letter)
    {
        var forged = lines.ToList();
        switch (kind)
        {
            case "remove" when at < Lines:
                forged.RemoveAt(at);
                break;
            case "repeat":
                forged.Insert(at, lines[other]);
                break;
            case "swap":
                (forged[at], forged[other]) = (forged[other], forged[at]);
                break;
            case "renumber":
                // Left out, and those after it numbered so that nothing seems to be missing.
                forged.RemoveAt(at);
                for (var i = at; i < forged.Count; i++) forged[i] = Framed($"{i}-{i} {Body(forged[i]).Split(' ', 2)[1]}");
                break;
            case "exchange":
                // Another line's content in this one's place.
                forged[at] = Framed($"{at}-{at} {Body(lines[other]).Split(' ', 2)[1]}");
                break;
            default:
                var body = Body(lines[at]).ToCharArray();
                body[place % body.Length] = letter;
                forged[at] = Framed(new string(body));
                break;
        }

        return [.. forged];
    }

    private static string Body(string line) => line[18..];

    private static string Framed(string body)
    {
        var rest = $"{Encoding.UTF8.GetByteCount(body):x8} {body}";
        return $"{Crc32C.Of(Encoding.UTF8.GetBytes(rest)):x8} {rest}";
    }

    private bool IsFound(string[] lines)
    {
        File.WriteAllText(FilePath, string.Join('\n', lines) + "\n");
        try
        {
            ReadAsync().GetAwaiter().GetResult();
            return false;
        }
        catch (CorruptStateException)
        {
            return true;
        }
    }

    private Task WriteAsync() => WriteAsync(_folder.Path);

    private static async Task WriteAsync(string folder)
    {
        using var journal = new FileJournal(new JournalOptions { Folder = folder, SyncToDisk = false });
        for (var i = 1; i <= Lines; i++) await journal.AppendAsync(Account, Batches.Fills(i, 1), Cancellation);
    }

    /// <summary>Goes just before the converted journal has its name, or just after.</summary>
    private sealed class CrashingDisk(bool isMoved) : Disk
    {
        public override void Move(string from, string to)
        {
            if (isMoved) base.Move(from, to);
            throw new IOException("The power is gone");
        }
    }

    private async Task<int> ReadAsync()
    {
        using var journal = new FileJournal(new JournalOptions { Folder = _folder.Path, SyncToDisk = false });
        return await journal.ReadAsync(Account, 1, Cancellation).CountAsync(Cancellation);
    }
}
