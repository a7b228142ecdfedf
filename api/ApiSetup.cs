using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansTrader.Api.Endpoints;
using OrleansTrader.Api.Events;
using OrleansTrader.Api.Security;

namespace OrleansTrader.Api;

/// <summary>Services, middleware and routes of the API.</summary>
public static class ApiSetup
{
    public static void AddApi(this IServiceCollection services)
    {
        services.AddProblemDetails();
        services.AddOpenApi();
        services.AddSingleton<Trading>();
        services.AddSingleton<UpdateStream>();
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
            options.SerializerOptions.Converters.Add(new FiniteDoubleConverter());
        });
    }

    public static void UseApi(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseMiddleware<LoopbackOnly>();
        app.UseSecurityHeaders();
        app.UseDefaultFiles();
        app.UseStaticFiles();
    }

    public static void MapApi(this WebApplication app)
    {
        app.MapOpenApi();
        var api = app.MapGroup("/api/v1");
        StatusEndpoints.Map(api);
        SymbolEndpoints.Map(api);
        AccountEndpoints.Map(api);
        ControlEndpoints.Map(api);
        EventEndpoints.Map(api);
    }
}
