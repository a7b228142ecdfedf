namespace Orleans.Runtime;

/// <summary>The runtime refused to deliver a message.</summary>
public class OrleansMessageRejectionException : OrleansException
{
    public OrleansMessageRejectionException()
    {
    }

    public OrleansMessageRejectionException(string message)
        : base(message)
    {
    }

    public OrleansMessageRejectionException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
