using OrleansTrader.Core.Ports;

namespace OrleansTrader.Cli.Columns;

/// <summary>A file that cannot be written; the message is one sentence that names it.</summary>
internal sealed class OutputException : OperatorException
{
    public OutputException()
    {
    }

    public OutputException(string message)
        : base(message)
    {
    }

    public OutputException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
