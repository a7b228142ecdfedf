namespace OrleansTrader.Core.Indicators;

/// <summary>Something that grows bar by bar, whose state can be saved and taken up again bit for bit.</summary>
public abstract class Restorable
{
    private StateOwner? _owner;

    private StateOwner Owner => _owner ??= new StateOwner(GetType().Name, Fingerprint.Of(this));

    /// <summary>Everything that the next bars depend on, and whose state it is.</summary>
    public byte[] Save() => StateBytes.Save(Owner, VisitAll);

    /// <summary>Goes on from a saved state as if it had never stopped.</summary>
    /// <exception cref="ArgumentException">The state is of another type, or of one with other parameters, as the message says; nothing was changed.</exception>
    public virtual void Restore(byte[] state)
    {
        ArgumentNullException.ThrowIfNull(state);
        StateBytes.Restore(Owner, state, VisitAll);
    }

    /// <summary>Forgets every bar.</summary>
    public virtual void Reset() => StateBytes.Reset(VisitAll);

    /// <summary>Passes the visitor over every field that changes from bar to bar.</summary>
    protected abstract void Visit(StateVisitor state);

    /// <summary>Passes the visitor over the whole state, for what this is a part of.</summary>
    internal virtual void VisitAll(StateVisitor state) => Visit(state);
}
