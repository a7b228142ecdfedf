using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Limits;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Binance.Execution;

/// <summary>The symbols of an account as the exchange lists them by now: it changes their rules, and halts or drops them, while the service runs.</summary>
/// <param name="first">As the start found them; others are not traded.</param>
/// <param name="asked">Which the market is asked for, these and others that somebody looks at, so that one answer serves all; null for these alone.</param>
/// <remarks>Safe for concurrent callers.</remarks>
public sealed partial class TradedSymbols(MarketCalls market, FrozenDictionary<string, SymbolListing> first, ILogger? log = null, IEnumerable<string>? asked = null)
{
    private readonly string[] _asked = [.. asked ?? first.Keys];
    private readonly Lock _taking = new();
    private FrozenDictionary<string, SymbolListing> _latest = first;
    private long _questions;
    private long _taken;

    /// <summary>As they are known, by name; one that the exchange does not have any more keeps its rules, and has a break.</summary>
    public FrozenDictionary<string, SymbolListing> Latest => Volatile.Read(ref _latest);

    /// <summary>Asks for them, unless somebody has done so a moment ago; what is known stays where there is no answer.</summary>
    /// <param name="rank">How urgent it is.</param>
    /// <returns>False where there is no answer.</returns>
    public async Task<bool> LearnAsync(RequestRank rank, CancellationToken cancellation)
    {
        var question = Interlocked.Increment(ref _questions);
        if (!(await market.ListedAsync(_asked, rank, cancellation)).TryGet(out var info)) return false;
        lock (_taking)
        {
            // Who asked later knows better, even if the answer was there earlier.
            if (question > _taken) Take(info);
            _taken = Math.Max(_taken, question);
        }

        return true;
    }

    /// <summary>As <see cref="LearnAsync"/>, by an answer that nobody has yet: an order was refused for what is known.</summary>
    public Task<bool> LearnAnewAsync(CancellationToken cancellation)
    {
        market.DoubtExchangeInfo();
        return LearnAsync(RequestRank.Exit, cancellation);
    }

    private void Take(ExchangeInfo info)
    {
        var known = Latest;
        Volatile.Write(ref _latest, known.Values.Select(listing => info.Symbols.GetValueOrDefault(listing.Symbol) ?? listing with { Status = ListingStatus.Break }).ToFrozenDictionary(listing => listing.Symbol, StringComparer.Ordinal));
        if (log is null) return;
        // The most at the market follows what is traded, and changes by itself.
        foreach (var (symbol, listing) in known)
            if (Latest[symbol].Rules is var rules && rules != listing.Rules with { MostAtMarket = rules.MostAtMarket })
                LogChange(log, symbol, rules.TickSize, rules.StepSize, rules.MinNotional, rules.MostAtMarket);
    }

    [LoggerMessage(LogLevel.Warning, "Binance has changed the rules of {Symbol}: tick {Tick}, step {Step}, least value {Least}, most at the market {Most}")]
    private static partial void LogChange(ILogger logger, string symbol, decimal tick, decimal step, decimal least, decimal most);
}
