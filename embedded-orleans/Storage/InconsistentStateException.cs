using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>The stored state has another version than the one that was read: somebody else wrote it. The activation that sees this ends.</summary>
public class InconsistentStateException : OrleansException
{
    public InconsistentStateException()
    {
    }

    public InconsistentStateException(string message)
        : base(message)
    {
    }

    public InconsistentStateException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag, Exception? storageException)
        : base(errorMsg, storageException)
    {
        StoredEtag = storedEtag;
        CurrentEtag = currentEtag;
    }

    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag)
        : this(errorMsg, storedEtag, currentEtag, null)
    {
    }

    public string? StoredEtag { get; }

    public string? CurrentEtag { get; }

    /// <summary>True until the activation that wrote was ended; callers that pass the error on stay alive.</summary>
    internal bool IsSourceActivation { get; set; } = true;
}
