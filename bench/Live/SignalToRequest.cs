using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Execution;
using OrleansTrader.Adapters.Binance.Signing;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Bench.Live;

/// <summary>
/// From a signal to the bytes of the signed request: risk, size and reservation with the reasons that the journal keeps, then the exchange's
/// words, then the signature. Without the write to the journal that comes in between.
/// </summary>
internal sealed class SignalToRequest
{
    private const int WarmUp = 20_000;

    private static readonly DateTime Time = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly RiskLimits _limits = RiskLimits.None with { MaxPositionShare = 0.2m };
    private readonly OrderNames _names = new("paper-binance");
    private readonly ExecutionOptions _options = new();
    private readonly SymbolListing _listing = new() { Symbol = "BTCUSDT", BaseAsset = "BTC", QuoteAsset = "USDT", AllowsQuoteQuantity = true };
    private readonly RequestText _text = new();

    public Latency Measure(int count, RequestSigner signer)
    {
        var account = new Account(new AccountState { Name = "bench" }, explains: true);
        account.BeginTurn();
        account.Open(10_000, "bench", Interval.OneMinute, Time);
        var slot = account.List(new SymbolRules("BTCUSDT", "BTC", "USDT", 0.01m, 0.00001m, 5), Time);
        account.Mark(slot, 64_250);
        account.MarkEquity();
        var ticks = new long[count];
        var bytes = 0L;
        for (var i = -WarmUp; i < count; i++)
        {
            account.BeginTurn();
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var begin = Stopwatch.GetTimestamp();
            var id = Request(account, slot, signer);
            var took = Stopwatch.GetTimestamp() - begin;
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            // Refused, so that the next one finds the account as this one did.
            account.BeginTurn();
            account.Settle([new ExecutionReport { Kind = ReportKind.Rejected, OrderId = id, Reason = RejectReason.Refused, IsLast = true, Time = Time }], Time);
            if (i < 0) continue;
            ticks[i] = took;
            bytes += allocated;
        }

        return Latency.Of(ticks, bytes);
    }

    /// <summary>The signature alone, of a request as long as an order.</summary>
    public static Latency MeasureSignature(int count, RequestSigner signer) => Repeat(count, (payload, room) => signer.Sign(payload, room));

    /// <summary>The yardstick: what the framework takes to sign the same in one call.</summary>
    public static Latency Calibrate(int count)
    {
        var key = RandomNumberGenerator.GetBytes(64);
        return Repeat(count, (payload, room) => HMACSHA256.HashData(key, payload, room));
    }

    private static Latency Repeat(int count, Func<byte[], byte[], int> sign)
    {
        var payload = Encoding.ASCII.GetBytes("symbol=BTCUSDT&side=BUY&type=MARKET&quoteOrderQty=2000&newClientOrderId=ot0123456789-1234567&newOrderRespType=FULL&recvWindow=5000&timestamp=1767225601004");
        var (room, ticks) = (new byte[1_024], new long[count]);
        for (var i = 0; i < count / 5; i++) sign(payload, room);
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < count; i++)
        {
            var begin = Stopwatch.GetTimestamp();
            sign(payload, room);
            ticks[i] = Stopwatch.GetTimestamp() - begin;
        }

        return Latency.Of(ticks, GC.GetAllocatedBytesForCurrentThread() - bytes);
    }

    private long Request(Account account, int slot, RequestSigner signer)
    {
        account.Decide(slot, Time, new Signal(Direction.Long, 0.8, 63_000, 67_000), default, _limits);
        ref readonly var request = ref account.Requests[0];
        _text.Clear();
        Tickets.Of(in request, _names, _listing, _options).AddTo(_text).Add("recvWindow"u8, 5_000).Add("timestamp"u8, 1_767_225_601_004).Sign(signer);
        return request.OrderId;
    }
}
