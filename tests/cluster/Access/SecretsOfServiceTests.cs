using System.Text.Json;
using OrleansTrader.Adapters.Tests.Postgres;
using OrleansTrader.Cluster.Tests.Service;
using OrleansTrader.Silo.Access;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Access;

/// <summary>A service that knows secrets of every kind is asked for everything that it has, also wrongly, and tells none of them.</summary>
public sealed class SecretsOfServiceTests : IDisposable
{
    private const string Password = "correct mule battery";
    private const string ApiKey = "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zv";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trader-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public Task No_page_no_answer_no_stream_no_log_and_no_file_bears_a_secret() => AskForAllAsync(("Reports__Connection", "Host=h;Password=database-word"));

    [Fact]
    public async Task Nor_does_anything_where_state_is_kept_in_PostgreSQL() =>
        await AskForAllAsync(("ConnectionStrings__Trader", await PrivateServer.Shared.CreateDatabaseAsync() + ";Password=database-word"));

    private async Task AskForAllAsync((string Name, string Value) connection)
    {
        var store = new CredentialStore(Path.Combine(_folder.FullName, "state", "access.json"), TimeProvider.System);
        await store.SetPasswordAsync(Password, Cancellation);
        var token = await store.CreateTokenAsync("script", AccessScope.Trade, Cancellation);
        string[] secrets = [Password, token, ApiKey, "database-word"];
        var seen = new List<string>();
        await using (var service = await ServiceProcess.StartAsync(_folder.FullName, [("Exchange__ApiKey", ApiKey), connection], "--Market:Source=synthetic", "--Market:Speed=100"))
        {
            using var visitor = new Visitor(new Uri(service.Url), "127.0.0.1");
            (string Name, string Value) known = ("Authorization", $"Bearer {token}");
            Assert.NotNull(await visitor.LoginAsync(Password));
            Assert.Null(await visitor.LoginAsync(Password + " "));
            var document = await TextAsync(await visitor.GetAsync("/openapi/v1.json", known));
            var addresses = 1;
            foreach (var (path, method) in RoutesOf(document))
            {
                // Each from an address of its own: whoever asks as fast as that is sent away otherwise.
                using var other = new Visitor(new Uri(service.Url), string.Create(System.Globalization.CultureInfo.InvariantCulture, $"127.0.1.{addresses++}"));
                foreach (var secret in secrets)
                {
                    var filled = path.Replace("{symbol}", Uri.EscapeDataString(secret), StringComparison.Ordinal).Replace("{code}", Uri.EscapeDataString(secret), StringComparison.Ordinal).Replace("{id}", "1", StringComparison.Ordinal).Replace("{sequence}", "1", StringComparison.Ordinal);
                    // What they ask for is of no kind that a route takes: each says what is wrong with it.
                    foreach (var query in (string[])["", "?symbol=BTCUSDT", $"?symbol={Uri.EscapeDataString(secret)}", $"?limit={Uri.EscapeDataString(secret)}&symbol=x&kind={Uri.EscapeDataString(secret)}", $"?from={Uri.EscapeDataString(secret)}"])
                    {
                        if (filled.EndsWith("/events", StringComparison.Ordinal) && query is "?symbol=BTCUSDT") continue;
                        using var answer = await other.SendAsync(method, filled + query, method is "GET" ? null : JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { ["amount"] = secret, [secret] = secret }), known);
                        Assert.NotEqual(System.Net.HttpStatusCode.TooManyRequests, answer.StatusCode);
                        seen.Add($"{answer.Headers}{await TextAsync(answer)}");
                    }
                }
            }

            seen.Add(await StreamAsync(visitor, known));
            foreach (var page in (string[])["/", "/login.html", "/js/main.js", $"/{Uri.EscapeDataString(Password)}", $"/api/v1/{token}", $"/api/v1/status/{ApiKey}"])
                seen.Add(await TextAsync(await visitor.GetAsync(page, known)));
            seen.AddRange(service.Said);
        }

        Assert.Contains(seen, text => text.Contains("***", StringComparison.Ordinal));
        foreach (var file in Directory.GetFiles(_folder.FullName, "*", SearchOption.AllDirectories)) seen.Add(await File.ReadAllTextAsync(file, Cancellation));
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(seen, text => text.Contains(secret, StringComparison.Ordinal));
            Assert.DoesNotContain(seen, text => text.Contains(Uri.EscapeDataString(secret), StringComparison.Ordinal));
        }
    }

    private static async Task<string> StreamAsync(Visitor visitor, (string Name, string Value) known)
    {
        var symbols = JsonDocument.Parse(await TextAsync(await visitor.GetAsync("/api/v1/symbols", known)));
        using var answer = await visitor.GetAsync($"/api/v1/events?symbol={symbols.RootElement[0].GetProperty("symbol").GetString()}&after=0", known);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Cancellation));
        var lines = new List<string>();
        while (lines.Count < 20 && await reader.ReadLineAsync(Cancellation) is { } line) lines.Add(line);
        Assert.Equal(20, lines.Count);
        return string.Join('\n', lines);
    }

    private static IEnumerable<(string Path, string Method)> RoutesOf(string document) =>
        from path in JsonDocument.Parse(document).RootElement.GetProperty("paths").EnumerateObject()
        from method in path.Value.EnumerateObject()
            // The kill switch last, or there would be nothing to tell; a login is tried by itself.
        where !path.Name.EndsWith("/login", StringComparison.Ordinal)
        select (path.Name, method.Name.ToUpperInvariant());

    private static async Task<string> TextAsync(HttpResponseMessage answer) => await answer.Content.ReadAsStringAsync(Cancellation);
}
