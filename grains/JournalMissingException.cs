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

    internal static JournalMissingException Between(string account, long last, long next) => new(
        $"The journal of account {account} goes on with fact {next}, and nothing has the facts after {last}: it has let go of what its snapshot had, and the snapshot is gone. Restore the snapshots from a backup; to begin anew, move the state folder away.");
}
