using System.Globalization;
using Serilog.Events;
using Serilog.Formatting;

namespace OrleansTrader.Silo.Hosting;

/// <summary>What another formatter writes, exceptions and properties included, without a secret in it.</summary>
internal sealed class CleanText(ITextFormatter inner) : ITextFormatter
{
    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        inner.Format(logEvent, text);
        output.Write(Redaction.Clean(text.ToString()));
    }
}
