using System.Globalization;

namespace OrleansTrader.Cli;

/// <summary>How a host has answered.</summary>
/// <param name="Name">With its port where that is not the usual one.</param>
/// <param name="Requests">How often it was asked.</param>
/// <param name="Answered">How often it has answered, whatever it said.</param>
/// <param name="Failure">Why an answer failed to come the last time that none did, as a part of a sentence; null when all came.</param>
internal sealed record AskedHost(string Name, int Requests, int Answered, string? Failure)
{
    /// <summary>A line of a summary.</summary>
    /// <param name="role">What it is asked for.</param>
    public string Describe(string role) => this switch
    {
        { Requests: 0 } => $"asked {Name} ({role}): never",
        { Failure: null } => $"asked {Name} ({role}): {TimesOf(Requests)}, all answered",
        { Answered: 0 } => $"asked {Name} ({role}): {TimesOf(Requests)}, not reached: {Failure}",
        _ => $"asked {Name} ({role}): {TimesOf(Requests)}, {Answered} answered; of the last that was not: {Failure}",
    };

    private static string TimesOf(int count) => count == 1 ? "once" : string.Create(CultureInfo.InvariantCulture, $"{count} times");
}
