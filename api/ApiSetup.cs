using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans.Runtime;
using OrleansTrader.Api.Endpoints;
using OrleansTrader.Api.Events;
using OrleansTrader.Api.Security;

namespace OrleansTrader.Api;

/// <summary>Services, middleware and routes of the API.</summary>
public static class ApiSetup
{
    public static void AddApi(this IServiceCollection services)
    {
        // JSON that is read from the pipe itself turns a body beyond the limit, over HTTP/2, into a failure of the service: the reader
        // lets go of what the server has let go of already. From the stream it is told as what it is.
        AppContext.SetSwitch("Microsoft.AspNetCore.UseStreamBasedJsonParsing", isEnabled: true);
        services.AddProblemDetails(options => options.CustomizeProblemDetails = Problems.Complete);
        // A parameter that cannot be read is answered by the exception handler, which can name it, in every environment.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddOpenApi(ApiDocument.Describe);
        services.AddSingleton<Trading>();
        services.AddSingleton<UpdateStream>();
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            options.SerializerOptions.IgnoreReadOnlyProperties = true;
            options.SerializerOptions.AllowDuplicateProperties = false;
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
            options.SerializerOptions.Converters.Add(new FiniteDoubleConverter());
            options.SerializerOptions.Converters.Add(new KnownTimeConverter());
            options.SerializerOptions.Converters.Add(new CleanTextConverter());
        });
    }

    public static void UseApi(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = error => error switch
            {
                BadHttpRequestException bad => bad.StatusCode,
                OrleansException => StatusCodes.Status503ServiceUnavailable,
                _ => StatusCodes.Status500InternalServerError,
            },
            SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException,
        });
        app.UseStatusCodePages();
        app.UseAccess();
    }

    public static void MapApi(this WebApplication app)
    {
        app.MapOpenApi();
        var api = app.MapGroup("/api/v1").AddEndpointFilter(CommandNotes.NoteAsync).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
        StatusEndpoints.Map(api);
        SymbolEndpoints.Map(api);
        AccountEndpoints.Map(api);
        ControlEndpoints.Map(api);
        ArmingEndpoints.Map(api);
        RiskEndpoints.Map(api);
        FundsEndpoints.Map(api);
        RebalanceEndpoints.Map(api);
        EventEndpoints.Map(api);
        SessionEndpoints.Map(api);
        JournalEndpoints.Map(api);
    }
}
