using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Limits;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Binance.Feed;

/// <summary>Which symbols of a feed the exchange trades, as it said last.</summary>
/// <remarks>Safe for concurrent callers.</remarks>
internal sealed partial class SymbolStates(MarketCalls market, string[] names)
{
    private readonly ConcurrentDictionary<string, SymbolStatus> _states = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _gone = new(StringComparer.Ordinal);

    /// <summary>How many are traded.</summary>
    public int Traded => names.Count(name => Of(name) == SymbolStatus.Trading);

    public SymbolStatus Of(string symbol) => _states.GetValueOrDefault(symbol);

    /// <summary>True for one that the exchange does not know any more: it answers nothing about it.</summary>
    public bool IsGone(string symbol) => _gone.ContainsKey(symbol);

    /// <summary>Asks for them; what is known stays where there is no answer.</summary>
    /// <param name="log">Is told what is gone.</param>
    public async Task AskAsync(ILogger log, CancellationToken cancellation)
    {
        if ((await market.ListedAsync(names, RequestRank.Data, cancellation)).TryGet(out var info)) Take(info, log);
    }

    /// <summary>Takes an answer about all of them.</summary>
    public void Take(ExchangeInfo info, ILogger log)
    {
        foreach (var name in names)
        {
            if (info.Symbols.TryGetValue(name, out var listing))
            {
                _states[name] = listing.CoreStatus;
                _gone.TryRemove(name, out _);
            }
            else
            {
                _states[name] = SymbolStatus.Halted;
                if (_gone.TryAdd(name, true)) LogGone(log, name);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Binance does not have {Symbol} any more; the other symbols go on")]
    private static partial void LogGone(ILogger logger, string symbol);
}
