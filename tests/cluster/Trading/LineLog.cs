using Microsoft.Extensions.Logging;

namespace OrleansTrader.Cluster.Tests.Trading;

/// <summary>Keeps what is told to an operator, where telling it is what is tested.</summary>
internal sealed class LineLog<T> : ILogger<T>
{
    public List<string> Lines { get; } = [];

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Add(formatter(state, exception));
}
