using System.Collections.Concurrent;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Matching;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Adapters.Paper;

/// <summary>Gives each paper account an exchange of its own.</summary>
public sealed class PaperExchangeConnector(MatchingOptions options, Interval interval) : IExchangeConnector
{
    private readonly ConcurrentDictionary<string, PaperExchange> _exchanges = new(StringComparer.Ordinal);

    public IExchange Connect(string account) => _exchanges.GetOrAdd(account, _ => new PaperExchange(options, interval));
}
