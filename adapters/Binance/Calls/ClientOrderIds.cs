namespace OrleansTrader.Adapters.Binance.Calls;

/// <summary>Names that a client may give to orders and lists.</summary>
public static class ClientOrderIds
{
    /// <summary>In characters.</summary>
    public const int Longest = 36;

    /// <exception cref="ArgumentException">It is empty, too long, or has other signs than letters, digits, <c>-</c> and <c>_</c>.</exception>
    public static string Checked(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        if (id.Length > Longest || id.AsSpan().ContainsAnyExcept(Allowed))
            throw new ArgumentException($"'{id}' is no name of an order: it has 1 to {Longest} letters, digits, - and _.", nameof(id));
        return id;
    }

    private static readonly System.Buffers.SearchValues<char> Allowed = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
}
