using System.Text;
using System.Text.Json;
using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Market.Books;

namespace OrleansTrader.Adapters.Binance.Streams;

/// <summary>
/// Reads the messages of combined streams and passes them on. Takes no memory for a message: symbols come from the names of the streams
/// that are wanted, levels of a book lie in buffers that are used again.
/// </summary>
/// <remarks>Not for use by several threads at once.</remarks>
internal sealed class MarketMessageReader(IMarketListener listener, TimeProvider time)
{
    private const int LongestName = 128;

    private readonly Dictionary<string, StreamState> _streams = new(StringComparer.Ordinal);
    private PriceLevel[] _bids = new PriceLevel[64];
    private PriceLevel[] _asks = new PriceLevel[64];

    /// <summary>The reply of the last message that was one.</summary>
    public StreamReply Reply { get; private set; }

    public IReadOnlyCollection<StreamState> Streams => _streams.Values;

    public bool Add(StreamName name) => _streams.TryAdd(name.Text, new StreamState(name));

    public bool Remove(StreamName name) => _streams.Remove(name.Text);

    /// <summary>Numbers of messages may begin anew, as after an interruption in which the exchange was set up again; bars that were closed stay so.</summary>
    public void BeginAnew()
    {
        foreach (var stream in _streams.Values) stream.BeginAnew();
    }

    /// <summary>True for what a stream brought, false for what is said about the connection.</summary>
    public static bool IsData(ReadOnlySpan<byte> message)
    {
        var scan = new JsonScan(message);
        return scan.TryEnter((byte)'{') && scan.NextName(out var name) && (name.SequenceEqual("stream"u8) || name.SequenceEqual("data"u8));
    }

    /// <exception cref="JsonException">The message is broken.</exception>
    public MessageKind Read(ReadOnlySpan<byte> message)
    {
        var scan = new JsonScan(message);
        if (!scan.TryEnter((byte)'{')) return MessageKind.Other;
        var (kind, id, code, text, data) = (MessageKind.Other, -1L, 0, "", -1);
        StreamState? stream = null;
        while (scan.NextName(out var name))
        {
            if (name.SequenceEqual("stream"u8))
            {
                var streamName = scan.Text();
                if (streamName.SequenceEqual("!serverShutdown"u8)) return MessageKind.Shutdown;
                stream = Find(streamName);
            }
            else if (name.SequenceEqual("data"u8))
            {
                if (stream is null)
                {
                    data = scan.Position;
                    scan.Skip();
                    continue;
                }

                Pass(ref scan, stream);
                return MessageKind.Data;
            }
            else if (name.SequenceEqual("e"u8))
            {
                if (scan.Text().SequenceEqual("serverShutdown"u8)) return MessageKind.Shutdown;
            }
            else if (name.SequenceEqual("id"u8))
            {
                kind = MessageKind.Reply;
                if (scan.TryNumber(out var number)) id = number;
                scan.Skip();
            }
            else if (name.SequenceEqual("code"u8))
            {
                kind = MessageKind.Reply;
                code = Problem((int)scan.Number());
            }
            else if (name.SequenceEqual("msg"u8))
            {
                text = Encoding.UTF8.GetString(scan.Text());
            }
            else if (name.SequenceEqual("error"u8))
            {
                kind = MessageKind.Reply;
                (code, text) = ReadError(ref scan);
            }
            else
            {
                scan.Skip();
            }
        }

        if (stream is not null && data >= 0)
        {
            var late = scan.From(data);
            Pass(ref late, stream);
            return MessageKind.Data;
        }

        if (kind == MessageKind.Reply) Reply = new StreamReply(id, code, text);
        return kind;
    }

    // Its numbers begin at 0, which is no success here.
    private static int Problem(int code) => code + 1;

    private static (int Code, string Text) ReadError(ref JsonScan scan)
    {
        var (code, text) = (Problem(0), "");
        if (!scan.TryEnter((byte)'{'))
        {
            scan.Skip();
            return (code, text);
        }

        while (scan.NextName(out var name))
        {
            if (name.SequenceEqual("code"u8)) code = Problem((int)scan.Number());
            else if (name.SequenceEqual("msg"u8)) text = Encoding.UTF8.GetString(scan.Text());
            else scan.Skip();
        }

        return (code, text);
    }

    private StreamState? Find(ReadOnlySpan<byte> name)
    {
        // A name that is written with escapes, as those of symbols that are not Latin may be.
        if (name.Contains((byte)'\\')) return _streams.GetValueOrDefault(JsonSerializer.Deserialize<string>([(byte)'"', .. name, (byte)'"'])!);
        Span<char> letters = stackalloc char[LongestName];
        if (name.Length > LongestName) return null;
        return _streams.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(letters[..Encoding.UTF8.GetChars(name, letters)], out var stream) ? stream : null;
    }

    private void Pass(ref JsonScan scan, StreamState stream)
    {
        stream.LastAt = time.GetTimestamp();
        if (!scan.TryEnter((byte)'{')) return;
        switch (stream.Name.Kind)
        {
            case StreamKind.Kline:
                PassKline(ref scan, stream);
                break;
            case StreamKind.BookTop:
                PassBookTop(ref scan, stream);
                break;
            case StreamKind.MiniTicker:
                PassMiniTicker(ref scan, stream);
                break;
            case StreamKind.AggregateTrade:
                PassTrade(ref scan, stream);
                break;
            case StreamKind.Depth:
                PassDepth(ref scan, stream);
                break;
        }
    }

    private void PassBookTop(ref JsonScan scan, StreamState stream)
    {
        var (id, bid, bidQuantity, ask, askQuantity) = (0L, 0m, 0m, 0m, 0m);
        while (scan.NextName(out var name))
        {
            switch (One(name))
            {
                case (byte)'u': id = scan.Number(); break;
                case (byte)'b': bid = scan.Decimal(); break;
                case (byte)'B': bidQuantity = scan.Decimal(); break;
                case (byte)'a': ask = scan.Decimal(); break;
                case (byte)'A': askQuantity = scan.Decimal(); break;
                default: scan.Skip(); break;
            }
        }

        if (stream.IsNext(id)) listener.OnBookTop(stream.Name, new BookTop(id, bid, bidQuantity, ask, askQuantity));
    }

    private void PassTrade(ref JsonScan scan, StreamState stream)
    {
        var (id, price, quantity, at, isBuyerMaker) = (0L, 0m, 0m, default(DateTime), false);
        while (scan.NextName(out var name))
        {
            switch (One(name))
            {
                case (byte)'a': id = scan.Number(); break;
                case (byte)'p': price = scan.Decimal(); break;
                case (byte)'q': quantity = scan.Decimal(); break;
                case (byte)'T': at = scan.Time(); break;
                case (byte)'m': isBuyerMaker = scan.Flag(); break;
                default: scan.Skip(); break;
            }
        }

        if (stream.IsNext(id)) listener.OnTrade(stream.Name, new AggregateTrade(id, price, quantity, at, isBuyerMaker));
    }

    private void PassMiniTicker(ref JsonScan scan, StreamState stream)
    {
        var (at, open, high, low, close, volume, quoteVolume) = (default(DateTime), 0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        while (scan.NextName(out var name))
        {
            switch (One(name))
            {
                case (byte)'E': at = scan.Time(); break;
                case (byte)'o': open = scan.Double(); break;
                case (byte)'h': high = scan.Double(); break;
                case (byte)'l': low = scan.Double(); break;
                case (byte)'c': close = scan.Double(); break;
                case (byte)'v': volume = scan.Double(); break;
                case (byte)'q': quoteVolume = scan.Double(); break;
                default: scan.Skip(); break;
            }
        }

        if (stream.IsNext(at.Ticks)) listener.OnMiniTicker(stream.Name, new MiniTicker(at, open, high, low, close, volume, quoteVolume));
    }

    private void PassKline(ref JsonScan scan, StreamState stream)
    {
        var (at, isFinal) = (default(DateTime), false);
        var kline = default(Kline);
        while (scan.NextName(out var name))
        {
            switch (One(name))
            {
                case (byte)'E': at = scan.Time(); break;
                case (byte)'k': kline = ReadKline(ref scan, out isFinal); break;
                default: scan.Skip(); break;
            }
        }

        if (stream.IsNextBar(kline.Candle.OpenTime.Ticks, isFinal, at.Ticks)) listener.OnKline(stream.Name, new KlineUpdate(kline, isFinal, at));
    }

    private static Kline ReadKline(ref JsonScan scan, out bool isFinal)
    {
        isFinal = false;
        var (open, high, low, close, volume, quote, takerBase, takerQuote) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        var (openTime, closeTime, trades) = (default(DateTime), default(DateTime), 0);
        if (!scan.TryEnter((byte)'{')) throw new JsonException("There is no bar in the message.");
        while (scan.NextName(out var name))
        {
            switch (One(name))
            {
                case (byte)'t': openTime = scan.Time(); break;
                case (byte)'T': closeTime = scan.Time(); break;
                case (byte)'o': open = scan.Double(); break;
                case (byte)'h': high = scan.Double(); break;
                case (byte)'l': low = scan.Double(); break;
                case (byte)'c': close = scan.Double(); break;
                case (byte)'v': volume = scan.Double(); break;
                case (byte)'q': quote = scan.Double(); break;
                case (byte)'V': takerBase = scan.Double(); break;
                case (byte)'Q': takerQuote = scan.Double(); break;
                case (byte)'n': trades = (int)scan.Number(); break;
                case (byte)'x': isFinal = scan.Flag(); break;
                default: scan.Skip(); break;
            }
        }

        return new Kline(new Candle(openTime, open, high, low, close, volume), closeTime, quote, trades, takerBase, takerQuote);
    }

    private void PassDepth(ref JsonScan scan, StreamState stream)
    {
        var (first, last, bids, asks) = (0L, 0L, 0, 0);
        while (scan.NextName(out var name))
        {
            switch (One(name))
            {
                case (byte)'U': first = scan.Number(); break;
                case (byte)'u': last = scan.Number(); break;
                case (byte)'b': bids = ReadLevels(ref scan, ref _bids); break;
                case (byte)'a': asks = ReadLevels(ref scan, ref _asks); break;
                default: scan.Skip(); break;
            }
        }

        if (stream.IsNext(last)) listener.OnDepth(stream.Name, new BookChange(first, last, _bids.AsMemory(0, bids), _asks.AsMemory(0, asks)));
    }

    private static int ReadLevels(ref JsonScan scan, ref PriceLevel[] levels)
    {
        var count = 0;
        if (!scan.TryEnter((byte)'[')) throw new JsonException("There are no levels in the message.");
        while (scan.NextElement())
        {
            if (!scan.TryEnter((byte)'[') || !scan.NextElement()) throw new JsonException("A level is broken.");
            var price = scan.Decimal();
            if (!scan.NextElement()) throw new JsonException("A level is broken.");
            var quantity = scan.Decimal();
            while (scan.NextElement()) scan.Skip();
            if (count == levels.Length) Array.Resize(ref levels, 2 * count);
            levels[count++] = new PriceLevel(price, quantity);
        }

        return count;
    }

    // Names of these messages are single letters that differ by case; 0 for any other.
    private static byte One(ReadOnlySpan<byte> name) => name.Length == 1 ? name[0] : (byte)0;
}
