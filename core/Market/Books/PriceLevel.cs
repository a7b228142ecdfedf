namespace OrleansTrader.Core.Market.Books;

/// <summary>What is offered at one price of an order book.</summary>
/// <param name="Price">In quote currency.</param>
/// <param name="Quantity">In base currency; 0 in a change takes the level out.</param>
public readonly record struct PriceLevel(decimal Price, decimal Quantity);
