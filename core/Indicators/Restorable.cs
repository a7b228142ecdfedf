namespace OrleansTrader.Core.Indicators;

/// <summary>Something that grows bar by bar, whose state can be saved and taken up again bit for bit.</summary>
public abstract class Restorable
{
    /// <summary>Everything that the next bars depend on.</summary>
    public byte[] Save() => StateBytes.Save(VisitAll);

    /// <summary>Goes on from a saved state as if it had never stopped.</summary>
    /// <exception cref="ArgumentException">The state is not as long as one of these; nothing was changed. Whose state it is and with which parameters is for the caller to know.</exception>
    public virtual void Restore(byte[] state)
    {
        ArgumentNullException.ThrowIfNull(state);
        StateBytes.Restore(state, VisitAll);
    }

    /// <summary>Forgets every bar.</summary>
    public virtual void Reset() => StateBytes.Reset(VisitAll);

    /// <summary>Passes the visitor over every field that changes from bar to bar.</summary>
    protected abstract void Visit(StateVisitor state);

    /// <summary>Passes the visitor over the whole state, for what this is a part of.</summary>
    internal virtual void VisitAll(StateVisitor state) => Visit(state);
}
