namespace OrleansTrader.Core.Accounts;

/// <summary>Who asked for what, as facts of the account.</summary>
public static class CommandBook
{
    /// <summary>Writes down what somebody is about to ask.</summary>
    public static void Note(Account account, AccountCommand command, DateTime time)
    {
        ArgumentNullException.ThrowIfNull(account);
        account.Raise(new Fact { Kind = FactKind.CommandGiven, Time = time, Command = command });
    }
}
