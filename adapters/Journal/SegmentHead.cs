using System.Buffers;
using System.Globalization;
using System.Text;

namespace OrleansTrader.Adapters.Journal;

/// <summary>
/// The first line of a segment: which one of its journal it is, by which key it is chained, with which it is sealed, and where the one before
/// it ended. The first segment of a journal that is not sealed says account and key alone.
/// </summary>
/// <param name="KeyId">Of the key of its chain.</param>
/// <param name="Number">1 for the first.</param>
/// <param name="Before">The number of the last fact before it; 0 for none.</param>
/// <param name="BeforeMac">What the last line before it bears.</param>
/// <param name="SealId">Of the key with which its lines are sealed; empty when they are not.</param>
/// <param name="BeforeTimes">Between which times the facts of the segment before lie.</param>
/// <param name="Mac">Where the chain of its lines begins: none of the above can be altered without breaking it.</param>
internal sealed record SegmentHead(string Account, string KeyId, int Number, long Before, UInt128 BeforeMac, string SealId, JournalTimes BeforeTimes, UInt128 Mac)
{
    public const string Plain = "-";

    private const string Simple = "journal 2 ";
    private const string Full = "journal 3 ";
    private const int Parts = 11;

    /// <summary>A disk keeps or loses so many bytes together; the first line is shorter.</summary>
    private const int SectorLength = 512;

    public bool IsSealed => SealId.Length > 0;

    /// <summary>The place before its first line.</summary>
    public JournalMark Start => new(0, Before, BeforeMac);

    /// <param name="chain">Of the key that is current.</param>
    public static SegmentHead Make(string account, JournalChain chain, int number, long before, UInt128 beforeMac, string sealId, JournalTimes beforeTimes)
    {
        var head = new SegmentHead(account, chain.KeyId, number, before, number == 1 ? chain.StartOf(account) : beforeMac, sealId, beforeTimes, UInt128.Zero);
        return head with { Mac = head.MacBy(chain) };
    }

    public byte[] ToLine() => JournalFrame.Line(Encoding.UTF8.GetBytes(IsSimple ? $"{Simple}{Account} {KeyId}" : string.Create(CultureInfo.InvariantCulture, $"{Signed} {Mac:x32}")));

    /// <param name="body">Of a sound first line.</param>
    /// <returns>Null when it is none of this account.</returns>
    /// <param name="isKnown">False when it was chained by another key than those of the journal.</param>
    public static SegmentHead? Parse(ReadOnlySpan<byte> body, string account, JournalKeys keys, out bool isKnown)
    {
        isKnown = true;
        var parts = Encoding.UTF8.GetString(body).Split(' ');
        if (parts.Length < 4 || parts[0] is not "journal" || !string.Equals(parts[2], account, StringComparison.Ordinal)) return null;
        if (parts[1] is not ("2" or "3")) return null;
        using var chain = keys.ChainOf(parts[3]);
        isKnown = chain is not null;
        if (chain is null) return null;
        if (parts is ["journal", "2", _, _]) return Make(account, chain, 1, 0, UInt128.Zero, "", JournalTimes.None) is { } first && first.ToLine().AsSpan().IndexOf(body) > 0 ? first : null;
        if (parts.Length != Parts - 1 || parts[1] is not "3") return null;
        var culture = CultureInfo.InvariantCulture;
        if (!int.TryParse(parts[4], NumberStyles.None, culture, out var number) || number < 1
            || !long.TryParse(parts[5], NumberStyles.None, culture, out var before)
            || !UInt128.TryParse(parts[6], NumberStyles.AllowHexSpecifier, culture, out var beforeMac)
            || parts[8].Split('-') is not [var from, var to] || !long.TryParse(from, NumberStyles.None, culture, out var first1) || !long.TryParse(to, NumberStyles.None, culture, out var last1)
            || !IsTime(first1) || !IsTime(last1)
            || !UInt128.TryParse(parts[9], NumberStyles.AllowHexSpecifier, culture, out var mac)) return null;
        var times = new JournalTimes(new DateTime(first1, DateTimeKind.Utc), new DateTime(last1, DateTimeKind.Utc));
        var head = new SegmentHead(account, parts[3], number, before, beforeMac, parts[7] is Plain ? "" : parts[7], times, mac);
        return head.MacBy(chain) == mac && head.ToLine().AsSpan().IndexOf(body) > 0 ? head : null;
    }

    /// <summary>True for what a crash may leave of the first line: a beginning of it, or zeros where its sector was lost.</summary>
    public static bool CanBeTorn(ReadOnlySpan<byte> line, string account)
    {
        if (!line[..Math.Min(line.Length, SectorLength)].ContainsAnyExcept((byte)0)) return true;
        if (line.Length <= JournalFrame.BodyStart) return !line.ContainsAnyExcept(Digits);
        var body = line[JournalFrame.BodyStart..];
        var beginning = Encoding.UTF8.GetBytes($"{Full}{account} ");
        var length = Math.Min(body.Length, beginning.Length);
        return body[..length].SequenceEqual(beginning.AsSpan(0, length));
    }

    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789abcdef "u8);

    private bool IsSimple => Number == 1 && !IsSealed;

    private string Signed => string.Create(
        CultureInfo.InvariantCulture,
        $"{Full}{Account} {KeyId} {Number} {Before} {BeforeMac:x32} {(IsSealed ? SealId : Plain)} {BeforeTimes.From.Ticks}-{BeforeTimes.To.Ticks}");

    private UInt128 MacBy(JournalChain chain) => IsSimple ? BeforeMac : chain.Next(BeforeMac, Number, Before, Encoding.UTF8.GetBytes(Signed));

    private static bool IsTime(long ticks) => ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks;
}
