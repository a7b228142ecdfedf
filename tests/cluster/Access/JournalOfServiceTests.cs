using System.Net;
using System.Text.Json;
using OrleansTrader.Cluster.Tests.Service;
using OrleansTrader.Silo.Access;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Access;

/// <summary>The journal as API and command line show it: what the account did, and what happened to the service.</summary>
public sealed class JournalOfServiceTests : IDisposable
{
    private const string Password = "correct mule battery";
    private const string Passphrase = "another mule battery";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trader-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Facts_decisions_logins_credentials_and_settings_are_found_page_by_page_also_where_everything_is_sealed()
    {
        var store = new CredentialStore(Path.Combine(_folder.FullName, "state", "access.json"), TimeProvider.System);
        await store.SetPasswordAsync(Password, Cancellation);
        var token = await store.CreateTokenAsync("watcher", AccessScope.Read, Cancellation);
        string[] settings = ["--Market:Source=synthetic", "--Market:Speed=200", "--Account:Strategy=sma-cross", "--State:Encrypt=true"];
        await using (var service = await ServiceProcess.StartAsync(_folder.FullName, [("TRADER_KEY", Passphrase)], settings))
        {
            using var visitor = new Visitor(new Uri(service.Url), "127.0.0.1");
            (string Name, string Value) known = ("Authorization", $"Bearer {token}");
            Assert.Null(await visitor.LoginAsync("wrong"));
            var cookie = (await visitor.LoginAsync(Password))!;
            (await visitor.PostAsync("/api/v1/pause", null, ("Cookie", cookie), ("Origin", service.Url.TrimEnd('/')))).Dispose();
            (await visitor.PostAsync("/api/v1/start", null, ("Cookie", cookie), ("Origin", service.Url.TrimEnd('/')))).Dispose();
            Assert.True(await store.RevokeTokenAsync("watcher", Cancellation));
            token = await store.CreateTokenAsync("reader", AccessScope.Read, Cancellation);
            known = ("Authorization", $"Bearer {token}");
            (await visitor.PostAsync("/api/v1/logout", null, ("Cookie", cookie), ("Origin", service.Url.TrimEnd('/')))).Dispose();

            while ((await ItemsAsync(visitor, known, "/api/v1/journal?kind=decisions&limit=30")).Length < 30)
            {
                // Each request is the pause.
            }

            var all = new List<long>();
            for (var (after, more) = ("", true); more;)
            {
                var page = await AnswerAsync(visitor, known, $"/api/v1/journal?order=oldest&limit=50{after}");
                all.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("sequence").GetInt64()));
                more = page.GetProperty("next").ValueKind == JsonValueKind.Number && all.Count < 500;
                after = more ? $"&after={page.GetProperty("next").GetInt64()}" : "";
            }

            Assert.Equal(Enumerable.Range(1, all.Count).Select(n => (long)n), all);
            var symbol = (await ItemsAsync(visitor, known, "/api/v1/journal?kind=filled&limit=1"))[0].GetProperty("symbol").GetString();
            Assert.All(await ItemsAsync(visitor, known, $"/api/v1/journal?symbol={symbol}"), item => Assert.Equal(symbol, item.GetProperty("symbol").GetString()));
            var controls = await ItemsAsync(visitor, known, "/api/v1/journal?kind=controls");
            Assert.Contains(controls, item => item.GetProperty("kind").ValueEquals("runStateChanged"));
            Assert.Contains(controls, item => item.GetProperty("fact").TryGetProperty("command", out var command) && command.GetProperty("what").ValueEquals("POST /api/v1/pause"));
            var older = await AnswerAsync(visitor, known, $"/api/v1/decisions?before={all[^1]}&limit=5");
            Assert.Equal(5, older.GetArrayLength());

            var logins = (await ItemsAsync(visitor, known, "/api/v1/journal?of=service&kind=logins&order=oldest")).Select(What).ToArray();
            Assert.Contains("login refused: the password was wrong", logins, StringComparer.Ordinal);
            Assert.Contains("login after 1 attempt that failed", logins, StringComparer.Ordinal);
            Assert.Contains("logout", logins, StringComparer.Ordinal);
            Assert.Contains(logins, what => what.Contains("token watcher (read)", StringComparison.Ordinal) && what.Contains("gone", StringComparison.Ordinal));
            Assert.Contains(logins, what => what.Contains("token reader (read)", StringComparison.Ordinal));
            Assert.Contains("Account:Strategy=sma-cross", What(Assert.Single(await ItemsAsync(visitor, known, "/api/v1/journal?of=service&kind=settings"))), StringComparison.Ordinal);

            foreach (var (wrong, told) in new[] { ("kind=nothing", "kind is 'nothing'"), ("limit=0", "limit is 0"), ("order=up", "order is 'up'"), ("of=other", "of is 'other'"), ("from=soon", "from is 'soon'"), ("from=2024-02-01&to=2024-01-01", "from must not lie after to") })
            {
                using var refused = await visitor.GetAsync($"/api/v1/journal?{wrong}", known);
                Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
                Assert.Contains(told, JsonDocument.Parse(await refused.Content.ReadAsStringAsync(Cancellation)).RootElement.GetProperty("detail").GetString()!, StringComparison.Ordinal);
            }

            using var unknown = await visitor.GetAsync("/api/v1/journal");
            Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
        }

        // Sealed: neither journals nor snapshots say anything by themselves.
        foreach (var file in Directory.GetFiles(Path.Combine(_folder.FullName, "state"), "*", SearchOption.AllDirectories).Where(file => !file.Contains("logs", StringComparison.Ordinal)))
            Assert.DoesNotContain("BTCUSDT", await File.ReadAllTextAsync(file, Cancellation), StringComparison.Ordinal);
        var (listed, output, _) = await ProgramRun.ToEndAsync(ProgramRun.Cli, _folder.FullName, ["journal", "list", "--kind", "filled", "--limit", "3", "--json"], ("TRADER_KEY", Passphrase));
        Assert.Equal((0, 3), (listed, JsonDocument.Parse(output.Single()).RootElement.GetProperty("items").GetArrayLength()));
        Assert.Equal(0, (await ProgramRun.ToEndAsync(ProgramRun.Cli, _folder.FullName, ["journal", "verify"])).ExitCode);
        Assert.Equal(0, (await ProgramRun.ToEndAsync(ProgramRun.Cli, _folder.FullName, ["journal", "rebuild"], ("TRADER_KEY", Passphrase))).ExitCode);
        Assert.Equal(0, (await ProgramRun.ToEndAsync(ProgramRun.Cli, _folder.FullName, ["journal", "rotate", "--seal"], ("TRADER_KEY", Passphrase))).ExitCode);
        var (exitCode, _, errors) = await ProgramRun.ToEndAsync(ProgramRun.Api, _folder.FullName, [.. settings, "--urls", "http://127.0.0.1:0"], ("TRADER_KEY", "some other passphrase"));
        Assert.Equal(2, exitCode);
        Assert.Contains("it is another one than that with which it was sealed; nothing was changed", Assert.Single(errors), StringComparison.Ordinal);
        await using var again = await ServiceProcess.StartAsync(_folder.FullName, [("TRADER_KEY", Passphrase)], settings);
    }

    private static string What(JsonElement item) => item.GetProperty("fact").GetProperty("command").GetProperty("what").GetString()!;

    private static async Task<JsonElement[]> ItemsAsync(Visitor visitor, (string Name, string Value) known, string path) => [.. (await AnswerAsync(visitor, known, path)).GetProperty("items").EnumerateArray()];

    private static async Task<JsonElement> AnswerAsync(Visitor visitor, (string Name, string Value) known, string path)
    {
        while (true)
        {
            using var answer = await visitor.GetAsync(path, known);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                // As long as the service says.
                await Task.Delay(answer.Headers.RetryAfter!.Delta!.Value, Cancellation);
                continue;
            }

            var text = await answer.Content.ReadAsStringAsync(Cancellation);
            Assert.True(answer.IsSuccessStatusCode, $"{path}: {text}");
            return JsonDocument.Parse(text).RootElement;
        }
    }
}
