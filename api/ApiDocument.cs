using System.Text.Json.Nodes;
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
                Description = "Watches and controls one account, on paper or at an exchange. Open to its own machine without a login; with one by the cookie of POST /api/v1/login, or by a token as 'Authorization: Bearer …'. Times are UTC, money is in quote currency, shares are fractions of one; what goes wrong is answered as application/problem+json.",
            };
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            // A converter of one's own hides the type; null is a figure or a moment that is not known yet.
            var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
            if (type == typeof(double)) schema.Type = JsonSchemaType.Number | JsonSchemaType.Null;
            if (type == typeof(DateTime)) (schema.Type, schema.Format) = (JsonSchemaType.String | JsonSchemaType.Null, "date-time");
            if (type == typeof(Interval)) schema.Type = JsonSchemaType.String;
            if (type == typeof(string)) schema.Type = context.JsonPropertyInfo is { IsGetNullable: true } ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String;
            if (type == typeof(JsonNode)) schema.Type = JsonSchemaType.Object | JsonSchemaType.Null;
            if (context.JsonTypeInfo.ElementType == typeof(string)) schema.Items ??= new OpenApiSchema { Type = JsonSchemaType.String };
            foreach (var member in context.JsonTypeInfo.Options.GetTypeInfo(type).Properties)
            {
                // Computed members are not sent, and those of a structure that may be missing do not come here by themselves.
                if (schema.Properties is null || !schema.Properties.TryGetValue(member.Name, out var shown)) continue;
                if (member.Set is null) schema.Properties.Remove(member.Name);
                else if (member.PropertyType == typeof(double) && shown is OpenApiSchema number) number.Type = JsonSchemaType.Number | JsonSchemaType.Null;
            }

            return Task.CompletedTask;
        });
    }
}
