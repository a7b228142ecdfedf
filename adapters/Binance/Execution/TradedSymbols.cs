using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Limits;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Binance.Execution;

/// <summary>The symbols of an account as the exchange lists them by now: it changes their rules while the service runs.</summary>
/// <param name="first">As the start found them; others are not traded.</param>
/// <param name="asked">Which the market is asked for, these and others that somebody looks at, so that one answer serves all; null for these alone.</param>
/// <remarks>Safe for concurrent callers.</remarks>
public sealed partial class TradedSymbols(MarketCalls market, FrozenDictionary<string, SymbolListing> first, ILogger? log = null, IEnumerable<string>? asked = null)
{
    private ImmutableArray<string> _asked = [.. asked ?? first.Keys];
    private FrozenDictionary<string, SymbolListing> _latest = first;

    /// <summary>As they are known, by name.</summary>
    public FrozenDictionary<string, SymbolListing> Latest => Volatile.Read(ref _latest);

    /// <summary>Asks for them, unless somebody has done so a moment ago; what is known stays where there is no answer.</summary>
    /// <param name="rank">How urgent it is.</param>
    /// <returns>False where there is no answer.</returns>
    public async Task<bool> LearnAsync(RequestRank rank, CancellationToken cancellation)
    {
        var answer = await market.ExchangeInfoAsync(_asked, rank, cancellation);
        if (answer.TryGet(out var info)) Take(info);
        // The others are listed all the same.
        else if (answer.Error!.Code == MarketCalls.UnknownSymbol) ImmutableInterlocked.InterlockedExchange(ref _asked, await market.ListedAsync(_asked, cancellation));
        else return false;
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
        Volatile.Write(ref _latest, known.Values.Select(listing => info.Symbols.GetValueOrDefault(listing.Symbol, listing)).ToFrozenDictionary(listing => listing.Symbol, StringComparer.Ordinal));
        if (log is null) return;
        foreach (var (symbol, listing) in known)
            if (Latest[symbol].Rules is var rules && rules != listing.Rules)
                LogChange(log, symbol, rules.TickSize, rules.StepSize, rules.MinNotional, rules.MostAtMarket);
    }

    [LoggerMessage(LogLevel.Warning, "Binance has changed the rules of {Symbol}: tick {Tick}, step {Step}, least value {Least}, most at the market {Most}")]
    private static partial void LogChange(ILogger logger, string symbol, decimal tick, decimal step, decimal least, decimal most);
}
