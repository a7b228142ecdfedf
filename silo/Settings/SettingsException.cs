using OrleansTrader.Core.Ports;

namespace OrleansTrader.Silo.Settings;

/// <summary>Thrown when settings are wrong; the message has one line for each problem.</summary>
public sealed class SettingsException : OperatorException
{
    public SettingsException()
    {
    }

    public SettingsException(string message)
        : base(message)
    {
    }

    public SettingsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
