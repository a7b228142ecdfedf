namespace OrleansTrader.Core.Ports;

/// <summary>Something that only the owner can mend, such as a wrong setting or a full disk; the message says in a sentence what, where and what to do.</summary>
public abstract class OperatorException : Exception
{
    protected OperatorException()
    {
    }

    protected OperatorException(string message)
        : base(message)
    {
    }

    protected OperatorException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
