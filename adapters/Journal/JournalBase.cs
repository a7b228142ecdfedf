using System.Globalization;
using System.Text;
using OrleansTrader.Adapters.Storage;

namespace OrleansTrader.Adapters.Journal;

/// <summary>What a journal has let go of: its first segments, which were archived, covered by a snapshot, and old enough. By it the rest is still proven.</summary>
/// <param name="Segments">So many are gone.</param>
/// <param name="Facts">The number of the last fact that is gone.</param>
/// <param name="Mac">What its line bore.</param>
/// <param name="At">When, UTC.</param>
internal sealed record JournalBase(int Segments, long Facts, UInt128 Mac, DateTime At)
{
    public static JournalBase Nothing { get; } = new(0, 0, UInt128.Zero, default);

    /// <exception cref="CorruptStateException">It is not as it was written.</exception>
    public static JournalBase Read(string path, string account, JournalKeys keys)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (FileNotFoundException)
        {
            return Nothing;
        }

        return Parse(bytes, account, keys) ?? throw new CorruptStateException($"{path}, which says what the journal of {account} has let go of, is not as it was written; restore it from a backup.");
    }

    /// <summary>Durable when this returns.</summary>
    public void Write(string path, string account, JournalKeys keys, Disk disk)
    {
        using var chain = keys.Current();
        var fresh = path + ".tmp";
        using (var file = disk.Create(fresh, isPrivate: false))
        {
            file.Write(ToLine(account, chain), 0);
            file.Flush();
        }

        disk.Move(fresh, path);
        disk.SyncFolderOf(path);
    }

    private static JournalBase? Parse(byte[] line, string account, JournalKeys keys)
    {
        var parts = Encoding.UTF8.GetString(line.AsSpan(Math.Min(line.Length, JournalFrame.BodyStart))).Split(' ');
        if (parts.Length != 8 || keys.ChainOf(parts[3]) is not { } chain) return null;
        using (chain)
        {
            if (!int.TryParse(parts[4], NumberStyles.None, CultureInfo.InvariantCulture, out var segments)
                || !long.TryParse(parts[5], NumberStyles.None, CultureInfo.InvariantCulture, out var facts)
                || !UInt128.TryParse(parts[6].Split('@')[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var mac)
                || parts[6].Split('@') is not [_, var ticks]
                || !long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) || at > DateTime.MaxValue.Ticks) return null;
            var read = new JournalBase(segments, facts, mac, new DateTime(at, DateTimeKind.Utc));
            return read.ToLine(account, chain).AsSpan().SequenceEqual(line) ? read : null;
        }
    }

    private byte[] ToLine(string account, JournalChain chain)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"base 1 {account} {chain.KeyId} {Segments} {Facts} {Mac:x32}@{At.Ticks}");
        return JournalFrame.Line(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{text} {chain.Next(Mac, Segments, Facts, Encoding.UTF8.GetBytes(text)):x32}")));
    }
}
