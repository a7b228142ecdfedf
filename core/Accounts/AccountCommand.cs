namespace OrleansTrader.Core.Accounts;

/// <summary>What somebody asked of the account, written down before it is done; what came of it are the facts after it.</summary>
/// <param name="Who">The owner, a token by its name, or who sits at this machine where nobody has to log in.</param>
/// <param name="From">The address that it came from.</param>
/// <param name="What">Such as <c>POST /api/v1/pause</c>.</param>
public sealed record AccountCommand(string Who, string From, string What)
{
    /// <summary>When, UTC by the clock on the wall: the account's own time is that of its market. The default value in journals from before it was kept.</summary>
    public DateTime At { get; init; }

    /// <summary>One sentence in plain English.</summary>
    public string Describe() => $"{Who} from {From}: {What}.";
}
