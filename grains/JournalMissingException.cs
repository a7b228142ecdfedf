using OrleansTrader.Core.Ports;

namespace OrleansTrader.Grains;

/// <summary>Thrown when an account's snapshot knows of facts that its journal does not have.</summary>
public sealed class JournalMissingException : OperatorException
{
    public JournalMissingException()
    {
    }

    public JournalMissingException(string message)
        : base(message)
    {
    }

    public JournalMissingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal static JournalMissingException Of(string account, long snapshot) => new(
        $"The journal of account {account} ends before fact {snapshot}, at which its snapshot is: facts are missing. Restore the journal from a backup; to begin anew, move the state folder away.");
}
