using Microsoft.Extensions.Logging;

namespace OrleansTrader.Adapters.Tests;

/// <summary>Keeps the warnings that an adapter owes its operator.</summary>
public sealed class WarningLog<T> : ILogger<T>
{
    public List<string> Warnings { get; } = [];

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel)) Warnings.Add(formatter(state, exception));
    }
}
