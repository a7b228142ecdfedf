using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Api;

/// <summary>What the OpenAPI document says beyond what the routes tell of themselves.</summary>
internal static class ApiDocument
{
    public static void Describe(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "OrleansTrader",
                Version = "v1",
                Description = "Watches and controls one paper account. Open to its own machine without a login; with one by the cookie of POST /api/v1/login, or by a token as 'Authorization: Bearer …'. Times are UTC, money is in quote currency, shares are fractions of one; what goes wrong is answered as application/problem+json.",
            };
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            // A converter of one's own hides the type; null is a figure or a moment that is not known yet.
            if (context.JsonTypeInfo.Type == typeof(double)) schema.Type = JsonSchemaType.Number | JsonSchemaType.Null;
            if (context.JsonTypeInfo.Type == typeof(DateTime) || context.JsonTypeInfo.Type == typeof(DateTime?)) (schema.Type, schema.Format) = (JsonSchemaType.String | JsonSchemaType.Null, "date-time");
            if (context.JsonTypeInfo.Type == typeof(Interval)) schema.Type = JsonSchemaType.String;
            // Computed members are not sent.
            foreach (var member in context.JsonTypeInfo.Properties.Where(member => member.Set is null)) schema.Properties?.Remove(member.Name);
            return Task.CompletedTask;
        });
    }
}
