namespace OrleansTrader.Core.Ports;

/// <summary>Thrown when a journal refuses a batch because it does not follow the last one that it has.</summary>
public sealed class JournalConflictException : Exception
{
    public JournalConflictException()
    {
    }

    public JournalConflictException(string message)
        : base(message)
    {
    }

    public JournalConflictException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public JournalConflictException(string account, long expected, long found)
        : base($"The journal of account {account} continues at {expected}, the batch begins at {found}.")
    {
    }
}
