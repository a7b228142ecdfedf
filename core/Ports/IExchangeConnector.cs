namespace OrleansTrader.Core.Ports;

/// <summary>Gives an account its connection to the exchange.</summary>
public interface IExchangeConnector
{
    IExchange Connect(string account);
}
