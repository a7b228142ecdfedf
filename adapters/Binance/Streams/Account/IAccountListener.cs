namespace OrleansTrader.Adapters.Binance.Streams.Account;

/// <summary>Takes what happens to an account, one event at a time, on the thread that received it; must not wait.</summary>
public interface IAccountListener
{
    void OnOrder(OrderReport report);

    void OnOrderList(OrderListReport report);

    void OnBalances(BalanceReport report);

    void OnTransfer(TransferReport report);

    /// <summary>Events come from now on; what happened before was not told and must be asked for, after every start and every loss of the connection.</summary>
    void OnSubscribed();

    /// <summary>Events come no longer; another connection is under way.</summary>
    void OnLost();

    /// <summary>Connecting again has come to nothing, told at each attempt after the first until <see cref="OnSubscribed"/>.</summary>
    /// <param name="why">What stands in the way, and what to do, in a sentence.</param>
    void OnSilent(string why);
}
