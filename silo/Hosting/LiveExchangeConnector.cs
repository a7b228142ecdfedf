using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OrleansTrader.Adapters.Binance.Execution;
using OrleansTrader.Core.Ports;
using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Silo.Hosting;

/// <summary>Connects an account with the exchange where its money is; in a dry run nothing that places or cancels passes.</summary>
internal sealed class LiveExchangeConnector(LiveAccount live, ILoggerFactory logs) : IExchangeConnector, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<(ILiveExchange Traded, ILiveExchange Account)>> _exchanges = new(StringComparer.Ordinal);

    public IExchange Connect(string account) => _exchanges.GetOrAdd(account, name => new Lazy<(ILiveExchange, ILiveExchange)>(() => Open(name))).Value.Traded;

    public async ValueTask DisposeAsync()
    {
        foreach (var opened in _exchanges.Values)
            if (opened is { IsValueCreated: true, Value.Account: IAsyncDisposable exchange })
                await exchange.DisposeAsync();
    }

    private (ILiveExchange Traded, ILiveExchange Account) Open(string name)
    {
        var account = new UnstreamedAccount(live, name);
        return (live.Mode == AccountMode.Live ? account : new DryRunExchange(account, logs.CreateLogger<DryRunExchange>()), account);
    }
}
