using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Service;

/// <summary>The OpenAPI document, from which others make their clients.</summary>
public sealed class ApiDocumentTests : IDisposable
{
    private static readonly string[] Shapes = ["type", "$ref", "oneOf", "anyOf", "allOf", "enum"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trader-");

    [Fact]
    public async Task Every_member_of_every_body_has_a_type()
    {
        await using var service = await ServiceProcess.StartAsync(_folder.FullName, "--Market:Source=synthetic");
        using var client = new HttpClient();
        var document = await client.GetFromJsonAsync<JsonElement>(new Uri($"{service.Url}/openapi/v1.json"), TestContext.Current.CancellationToken);
        var schemas = document.GetProperty("components").GetProperty("schemas");
        Assert.Empty(schemas.EnumerateObject().SelectMany(schema => Untyped(schema.Value, schema.Name)));
        var status = schemas.GetProperty("StatusAnswer").GetProperty("properties");
        Assert.Equal("string", status.GetProperty("account").GetProperty("type").GetString());
        Assert.Equal("string", status.GetProperty("symbols").GetProperty("items").GetProperty("type").GetString());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Where a type is missing, below that schema.</summary>
    private static IEnumerable<string> Untyped(JsonElement schema, string path)
    {
        if (schema.ValueKind != JsonValueKind.Object || !Shapes.Any(shape => schema.TryGetProperty(shape, out _)))
        {
            yield return path;
            yield break;
        }

        foreach (var part in PartsOf(schema))
            foreach (var missing in Untyped(part.Schema, $"{path}.{part.Name}"))
                yield return missing;
    }

    private static bool IsArray(JsonElement schema) => schema.TryGetProperty("type", out var type) && type.ToString().Contains("array", StringComparison.Ordinal);

    private static IEnumerable<(string Name, JsonElement Schema)> PartsOf(JsonElement schema)
    {
        if (schema.TryGetProperty("properties", out var members))
            foreach (var member in members.EnumerateObject())
                yield return (member.Name, member.Value);
        if (IsArray(schema)) yield return ("items", schema.TryGetProperty("items", out var items) ? items : default);
        if (schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.Object) yield return ("each", more);
    }
}
