using OrleansTrader.Core.Ports;

namespace OrleansTrader.Silo.Hosting;

/// <summary>Thrown when an account is to go on with another market than the one it was opened on, or without a symbol that it needs.</summary>
public sealed class MarketMismatchException : OperatorException
{
    public MarketMismatchException()
    {
    }

    public MarketMismatchException(string message)
        : base(message)
    {
    }

    public MarketMismatchException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal static MarketMismatchException Of(string account, string bound, string offered) => new(
        $"Account {account} is bound to '{bound}' and cannot go on with '{offered}'; put the market settings back, or set Account:Name to open another account.");

    internal static MarketMismatchException Without(string account, IEnumerable<string> symbols, IEnumerable<string> offered) => new(
        $"Account {account} has a position or an open order in {string.Join(", ", symbols)}, which nothing would protect, since the market has {string.Join(", ", offered)} only; bring its candles and name it in Market:Symbols, or set Account:Name to open another account.");
}
