using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Execution;
using OrleansTrader.Adapters.Binance.Streams.Account;
using OrleansTrader.Core.Ports;
using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Silo.Hosting;

/// <summary>Connects an account with the exchange where its money is; in a dry run nothing that places or cancels passes.</summary>
internal sealed class LiveExchangeConnector(LiveAccount live, ILoggerFactory logs) : IExchangeConnector, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Connected>> _exchanges = new(StringComparer.Ordinal);

    public IExchange Connect(string account) => _exchanges.GetOrAdd(account, name => new Lazy<Connected>(() => Open(name))).Value.Exchange;

    public async ValueTask DisposeAsync()
    {
        foreach (var opened in _exchanges.Values)
            if (opened.IsValueCreated)
                await opened.Value.Stream.DisposeAsync();
    }

    private Connected Open(string name)
    {
        var (rest, line) = (live.Rest, live.Line);
        var log = logs.CreateLogger<BinanceAccount>();
        var account = new BinanceAccount(
            new OrderCalls(rest), new AccountCalls(rest, new CacheOptions(), line.Time), line.Market, new TradedSymbols(line.Market, live.Listings, log, live.Asked), new OrderNames(name), line.ExecutionOptions, line.Time, log);
        var stream = new AccountStream(account, line.Options, line.StreamOptions, live.Credentials, rest, line.Time, logs.CreateLogger<AccountStream>());
        return new Connected(live.Mode == AccountMode.Live ? account : new DryRunExchange(account, logs.CreateLogger<DryRunExchange>()), stream);
    }

    /// <summary>What the account trades through, and what tells it of its orders.</summary>
    private sealed record Connected(ILiveExchange Exchange, AccountStream Stream);
}
