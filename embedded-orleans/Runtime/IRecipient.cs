namespace Orleans.Runtime;

/// <summary>What the catalog finds under an identity: one activation, several of the same kind, or an observer.</summary>
internal interface IRecipient
{
    GrainId GrainId { get; }

    /// <summary>False when it has ended, and the message must go to its successor.</summary>
    bool TryReceive(Message message);
}
