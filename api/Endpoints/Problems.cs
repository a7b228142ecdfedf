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

    /// <summary>Says in words what the framework answers with a bare number.</summary>
    public static void Complete(ProblemDetailsContext context)
    {
        var (problem, request) = (context.ProblemDetails, context.HttpContext.Request);
        problem.Detail ??= problem.Status switch
        {
            // The framework's sentence names the parameter and the value.
            StatusCodes.Status400BadRequest when context.Exception is BadHttpRequestException bad => bad.Message,
            StatusCodes.Status404NotFound => $"There is nothing at {request.Path}; /openapi/v1.json lists what there is.",
            StatusCodes.Status405MethodNotAllowed => $"{request.Path} does not take {request.Method}; it takes {context.HttpContext.Response.Headers.Allow}.",
            StatusCodes.Status500InternalServerError => "The service failed at this request; its log says why.",
            _ => null,
        };
    }
}
