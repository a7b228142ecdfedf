using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Metadata;
using Orleans.Runtime;
using OrleansTrader.Core.Ports;
using OrleansTrader.Silo.Hosting;

namespace OrleansTrader.Api.Endpoints;

/// <summary>Answers to wrong requests: what, where, and what is allowed.</summary>
internal static partial class Problems
{
    public const int MostItems = 1_000;

    public static IResult UnknownSymbol(string symbol, IEnumerable<string> known) => Results.Problem(
        $"There is no symbol '{symbol}' here; there are {string.Join(", ", known)}.", statusCode: StatusCodes.Status404NotFound);

    public static IResult OfAccount(string problem) => Results.Problem(
        $"The account cannot be told just now, and is being rebuilt from its journal: {problem}", statusCode: StatusCodes.Status503ServiceUnavailable);

    public static IResult NotWritten() => Results.Problem("The command could not be written to the journal, so it does not hold; try again.", statusCode: StatusCodes.Status503ServiceUnavailable);

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
            StatusCodes.Status400BadRequest when context.Exception is BadHttpRequestException bad => OfBody(bad, context.HttpContext) ?? Sentence(bad.Message),
            StatusCodes.Status401Unauthorized => "Log in at /login.html, or send a token: 'Authorization: Bearer …'.",
            StatusCodes.Status403Forbidden => "This token has the scope read, which changes nothing; use one with the scope trade.",
            StatusCodes.Status413PayloadTooLarge => "The body of the request is too large.",
            StatusCodes.Status415UnsupportedMediaType => "The body of the request must be JSON: send the header 'Content-Type: application/json', and a body of the shape that /openapi/v1.json shows for this path.",
            StatusCodes.Status429TooManyRequests => "Too many requests; ask again in a second.",
            StatusCodes.Status404NotFound => $"There is nothing at {request.Path}; /openapi/v1.json lists what there is.",
            StatusCodes.Status405MethodNotAllowed => $"{request.Path} does not take {request.Method}; it takes {context.HttpContext.Response.Headers.Allow}.",
            StatusCodes.Status503ServiceUnavailable when context.Exception is OrleansException => "The silo cannot be reached just now; ask again in a moment.",
            StatusCodes.Status500InternalServerError => "The service failed at this request; its log says why.",
            _ => null,
        };
        // Some of it is what the caller sent, or what a library said.
        if (problem.Detail is { } detail) problem.Detail = Redaction.Clean(detail);
    }

    /// <summary>What is wrong with the body; null where that is not what is wrong.</summary>
    private static string? OfBody(BadHttpRequestException bad, HttpContext http)
    {
        // The endpoint of the request is that of the answer to the exception by now.
        if (http.Features.Get<IExceptionHandlerFeature>()?.Endpoint?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is not { } body) return null;
        var fault = new JsonFault("The body of the request", body, "member", JsonNamingPolicy.CamelCase, JsonNamingPolicy.CamelCase);
        if (bad.InnerException is JsonException wrong) return fault.Sentence(wrong);
        return bad.Message.StartsWith("Implicit body", StringComparison.Ordinal) ? fault.Empty : null;
    }

    /// <summary>The framework's sentences name types of the language; these say what a caller can do.</summary>
    private static string Sentence(string message)
    {
        if (Unreadable().Match(message) is { Success: true } wrong)
            return $"{wrong.Groups["name"].Value} is '{wrong.Groups["value"].Value}'; it must be {(wrong.Groups["type"].Value.Contains("DateTime", StringComparison.Ordinal) ? "a UTC date or time, such as 2023-01-31 or 2023-01-31T12:00Z" : "a whole number")}.";
        return Missing().Match(message) is { Success: true } missing
            ? $"{missing.Groups["name"].Value} is missing; add it to the address, as in ?{missing.Groups["name"].Value}=…"
            : message;
    }

    [GeneratedRegex("""^Failed to bind parameter "(?<type>\S+) (?<name>\w+)" from "(?<value>.*)"\.$""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Unreadable();

    [GeneratedRegex("""^Required parameter "\S+ (?<name>\w+)" was not provided""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Missing();
}
