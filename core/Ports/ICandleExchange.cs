using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Ports;

/// <summary>An exchange that lives on the bars it is shown: the paper exchange.</summary>
public interface ICandleExchange : IExchange
{
    /// <summary>Takes the account as its journal has it, since a paper exchange remembers nothing of its own.</summary>
    void Restore(AccountState account);

    /// <summary>Shows the bars by whose prices orders are judged, without matching.</summary>
    void Show(MarketStep step);

    /// <summary>Matches what rests against the bars of a step.</summary>
    void Match(MarketStep step);

    /// <summary>Takes a payment in, or out below 0, which is reported as any other; false when that much is not free.</summary>
    bool TryMoveFunds(decimal amount, DateTime time);

    /// <summary>Takes base currency of the symbol in, or out below 0, which is reported as any other; false when so much is not owned, or the symbol is not known.</summary>
    bool TryMoveHolding(string symbol, decimal quantity, DateTime time);
}
