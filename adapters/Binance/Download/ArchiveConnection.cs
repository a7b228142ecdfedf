using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using OrleansTrader.Adapters.Binance.Rest;
using OrleansTrader.Core.Market;
using Failed = OrleansTrader.Adapters.Binance.Download.ArchiveAnswer.Failed;
using FailureKind = OrleansTrader.Adapters.Binance.Download.ArchiveAnswer.FailureKind;

namespace OrleansTrader.Adapters.Binance.Download;

/// <summary>
/// Fetches files of the public archive and holds them against their checksums. What passes is tried again, a file that is not what its
/// checksum says once; and when no connection comes about, nothing more is asked.
/// </summary>
/// <remarks>May be used by several threads at once.</remarks>
internal sealed class ArchiveConnection(HttpClient http, BinanceOptions options, DownloadOptions download, TimeProvider time, Action<string> warn)
{
    private const int LongestChecksum = 1024;
    private const int HashDigits = 64;
    private const int BytesOfRow = 256;
    private const int BufferBytes = 64 * 1024;
    private const int MostMismatches = 2;

    /// <summary>After a refusal that names no time.</summary>
    private static readonly TimeSpan LongPause = TimeSpan.FromSeconds(60);

    private volatile Failed? _away;

    /// <summary>Why nothing more is asked; null as long as there is no reason.</summary>
    public Failed? Away => _away;

    /// <summary>The most bytes that so many bars can be.</summary>
    public static long MostBytes(long bars) => (bars + BytesOfRow) * BytesOfRow;

    /// <summary>Fetches a file into one of that path; what it has is only to be used when it was found.</summary>
    /// <exception cref="IOException">The path cannot be written to.</exception>
    public async Task<ArchiveAnswer> FetchAsync(ArchivePeriod period, string symbol, Interval interval, string path, CancellationToken cancellation)
    {
        var address = new Uri(options.Archive, period.PathOf(symbol, interval));
        var most = MostBytes((period.To - period.From).Ticks / interval.Length.Ticks);
        for (int attempt = 1, mismatches = 0; ; attempt++)
        {
            if (_away is { } away) return away;
            var answer = await FetchOnceAsync(address, path, most, cancellation);
            if (answer is not Failed failed) return answer;
            if (failed.Kind == FailureKind.WrongChecksum) mismatches++;
            if (failed.Kind == FailureKind.Final || mismatches == MostMismatches || attempt >= download.Attempts)
            {
                if (failed.Kind == FailureKind.Unreachable) _away = failed;
                return failed;
            }

            if (failed.RetryAfter is { } told) warn($"{failed.Sentence}; nothing is asked there for {Counted.Of((decimal)told.TotalSeconds, "second")}.");
            await Task.Delay(failed.RetryAfter ?? download.PauseAfter(attempt), time, cancellation);
        }
    }

    private async Task<ArchiveAnswer> FetchOnceAsync(Uri address, string path, long most, CancellationToken cancellation)
    {
        try
        {
            var (expected, answer) = await ChecksumAsync(address, cancellation);
            if (expected is null) return answer!;
            using var response = await AskAsync(address, cancellation);
            if (Refused(response) is { } refused) return refused;
            if (response.Content.Headers.ContentLength > most) return TooLong(address, most);
            if (await SaveAsync(response, path, most, cancellation) is not { } hash) return TooLong(address, most);
            return hash.AsSpan().SequenceEqual(expected)
                ? new ArchiveAnswer.Found()
                : new Failed($"{NameOf(address)} of the archive is not what its checksum says", FailureKind.WrongChecksum);
        }
        catch (HttpRequestException broken) when (broken.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError)
        {
            return new Failed(ErrorSentence.Unreachable(broken.HttpRequestError, address.Authority, options.Proxy is not null, nameof(BinanceOptions.ArchiveUrl)).TrimEnd('.'), FailureKind.Unreachable);
        }
        catch (Exception broken) when (broken is HttpRequestException || (broken is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return new Failed($"The transfer of {NameOf(address)} from {address.Host} broke off", FailureKind.Passing);
        }
    }

    private async Task<(byte[]? Hash, ArchiveAnswer? Answer)> ChecksumAsync(Uri address, CancellationToken cancellation)
    {
        using var response = await AskAsync(new Uri(address.AbsoluteUri + ".CHECKSUM"), cancellation);
        if (Refused(response) is { } refused) return (null, refused);
        using var patience = PatienceFor(cancellation);
        var text = new byte[LongestChecksum];
        await using var content = await response.Content.ReadAsStreamAsync(patience.Token);
        var length = 0;
        while (length < text.Length && await ReadAsync(content, text.AsMemory(length), patience.Token) is > 0 and var read) length += read;
        var line = Encoding.ASCII.GetString(text, 0, length).TrimStart();
        return line.Length >= HashDigits && line.AsSpan(0, HashDigits).IndexOfAnyExcept("0123456789abcdefABCDEF") < 0 && (line.Length == HashDigits || char.IsWhiteSpace(line[HashDigits]))
            ? (Convert.FromHexString(line.AsSpan(0, HashDigits)), null)
            : (null, new Failed($"{NameOf(address)}.CHECKSUM of the archive is no checksum", FailureKind.Final));
    }

    private async Task<HttpResponseMessage> AskAsync(Uri address, CancellationToken cancellation)
    {
        using var patience = PatienceFor(cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Version = http.DefaultRequestVersion, VersionPolicy = http.DefaultVersionPolicy };
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
    }

    /// <returns>Null when it is too long.</returns>
    private async Task<byte[]?> SaveAsync(HttpResponseMessage response, string path, long most, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        await using var content = await response.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[BufferBytes];
        for (var length = 0L; ;)
        {
            // Each part gets the time that a whole answer has.
            using var patience = PatienceFor(cancellation);
            var read = await ReadAsync(content, buffer, patience.Token);
            if (read == 0) return hash.GetHashAndReset();
            length += read;
            if (length > most) return null;
            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }
    }

    // What fails on the disk is another matter, and an IOException too.
    private static async ValueTask<int> ReadAsync(Stream content, Memory<byte> buffer, CancellationToken cancellation)
    {
        try
        {
            return await content.ReadAsync(buffer, cancellation);
        }
        catch (IOException broken)
        {
            throw new HttpRequestException(broken.Message, broken);
        }
    }

    /// <summary>Null when the answer is what was asked for.</summary>
    private static ArchiveAnswer? Refused(HttpResponseMessage response)
    {
        if (response.StatusCode == HttpStatusCode.OK) return null;
        if (response.StatusCode == HttpStatusCode.NotFound) return new ArchiveAnswer.None();
        var sentence = string.Create(CultureInfo.InvariantCulture, $"The archive at {response.RequestMessage!.RequestUri!.Host} answers with HTTP status {(int)response.StatusCode}");
        var told = response.Headers.RetryAfter?.Delta;
        return (int)response.StatusCode switch
        {
            418 or 429 => new Failed(sentence, FailureKind.Passing) { RetryAfter = told ?? LongPause },
            >= 500 => new Failed(sentence, FailureKind.Passing) { RetryAfter = told },
            _ => new Failed(sentence, FailureKind.Final),
        };
    }

    private Patience PatienceFor(CancellationToken cancellation) => new(TimeSpan.FromSeconds(options.TimeoutSeconds), time, cancellation);

    private static Failed TooLong(Uri address, long most) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{NameOf(address)} of the archive has more than the {most} bytes that its bars can be"), FailureKind.Final);

    private static string NameOf(Uri address) => address.Segments[^1];

    private sealed class Patience : IDisposable
    {
        private readonly CancellationTokenSource _own;
        private readonly CancellationTokenSource _both;

        public Patience(TimeSpan length, TimeProvider time, CancellationToken cancellation)
        {
            _own = new CancellationTokenSource(length, time);
            _both = CancellationTokenSource.CreateLinkedTokenSource(_own.Token, cancellation);
        }

        public CancellationToken Token => _both.Token;

        public void Dispose()
        {
            _both.Dispose();
            _own.Dispose();
        }
    }
}
