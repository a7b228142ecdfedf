using OrleansTrader.Core.Ports;

namespace OrleansTrader.Silo.Hosting;

/// <summary>Thrown when an account is to go on with another market than the one it was opened on.</summary>
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
}
