namespace OrleansTrader.Api.Endpoints;

/// <summary>Answers to wrong requests: what, where, and what is allowed.</summary>
internal static class Problems
{
    public const int MostItems = 1_000;

    public static IResult UnknownSymbol(string symbol, IEnumerable<string> known) => Results.Problem(
        $"There is no symbol '{symbol}' here; there are {string.Join(", ", known)}.", statusCode: StatusCodes.Status404NotFound);

    /// <summary>Null when the limit is allowed.</summary>
    public static IResult? OfLimit(int limit) => limit is >= 1 and <= MostItems
        ? null
        : Results.Problem($"limit is {limit}; it must be a whole number from 1 to {MostItems}.", statusCode: StatusCodes.Status400BadRequest);
}
