using System.Collections.Immutable;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Accounts;

/// <summary>An account as its exchange has it at one moment.</summary>
/// <param name="Orders">Those that rest, of the account and of others.</param>
/// <param name="Assets">What is owned; what is left out is not owned.</param>
/// <param name="Prices">Of symbols whose base currency is owned, as far as they are known.</param>
public sealed record ExchangePicture(ImmutableArray<RestingOrder> Orders, ImmutableArray<OwnedAsset> Assets, ImmutableArray<SymbolPrice> Prices)
{
    /// <summary>By the exchange's clock, UTC.</summary>
    public DateTime Time { get; init; }

    /// <summary>By which its symbols are traded, as far as they are known.</summary>
    public ImmutableArray<SymbolRules> Rules { get; init; } = [];

    /// <summary>Symbols of the account that the exchange does not trade now, or does not know any more.</summary>
    public ImmutableArray<string> Closed { get; init; } = [];

    /// <summary>The highest of the account's own numbers that the exchange has ever seen, as far as it remembers; 0 where it was not asked for.</summary>
    public long LastOrderId { get; init; }

    /// <summary>False for one that the account has traded and does not any more: what there is of it is none of its business. True where nobody knows which it trades.</summary>
    public bool IsTraded(string symbol) => Rules.IsEmpty || Rules.Any(rules => string.Equals(rules.Symbol, symbol, StringComparison.Ordinal));

    public bool IsClosed(string symbol) => Closed.Contains(symbol, StringComparer.Ordinal);

    /// <summary>The latest price of a symbol; 0 where nobody knows.</summary>
    public decimal PriceOf(string symbol)
    {
        foreach (var known in Prices)
            if (string.Equals(known.Symbol, symbol, StringComparison.Ordinal))
                return known.Price;
        return 0;
    }

    /// <summary>What is owned of an asset, free or held for orders.</summary>
    public decimal Of(string asset)
    {
        foreach (var owned in Assets)
            if (string.Equals(owned.Asset, asset, StringComparison.Ordinal))
                return owned.Amount;
        return 0;
    }
}

/// <summary>An order that rests at the exchange; the legs of an OCO are two.</summary>
/// <param name="OrderId">The account's own number; 0 for an order that is not the account's.</param>
/// <param name="Name">What the exchange calls it, for a person.</param>
/// <param name="Traded">Base currency traded so far.</param>
public sealed record RestingOrder(long OrderId, string Symbol, string Name, OrderSide Side, OcoLeg Leg, decimal Quantity, decimal Traded)
{
    /// <summary>A stop whose price was met, and which rests in the book all the same.</summary>
    public bool IsTriggered { get; init; }
}

/// <summary>The latest price of a symbol.</summary>
public sealed record SymbolPrice(string Symbol, decimal Price);

/// <summary>All that is owned of an asset.</summary>
/// <param name="Amount">What orders hold included.</param>
public sealed record OwnedAsset(string Asset, decimal Amount);
