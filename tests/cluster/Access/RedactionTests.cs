using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using OrleansTrader.Adapters.Secrets;
using OrleansTrader.Silo.Access;
using OrleansTrader.Silo.Hosting;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Access;

/// <summary>Every secret through every way into a log: levels, properties, exceptions within exceptions, scopes.</summary>
public sealed class RedactionTests : IDisposable
{
    private const string Passphrase = "correct mule battery staple";
    private const string ApiKey = "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A";
    private const string DatabasePassword = "p;w&d \"quoted\"";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trader-");
    private readonly List<string> _secrets = [Passphrase, ApiKey, "from-the-settings", "database-word", "in-an-address", DatabasePassword];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task No_secret_reaches_a_log_whatever_bears_it()
    {
        await LearnAsync();
        var console = new StringWriter(CultureInfo.InvariantCulture);
        var formatter = new BriefConsole(TimeProvider.System);
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Binance:ApiSecret"] = "from-the-settings",
            ["ConnectionStrings:Trader"] = "Host=localhost;Username=trader;Password=database-word",
            ["Proxy:Address"] = "http://user:in-an-address@proxy.example",
        });
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddTraderLogging(_folder.FullName);
        builder.Logging.AddFilter<ConsoleLoggerProvider>("OrleansTrader.Test", LogLevel.None);
        using (var host = builder.Build())
        {
            var log = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("OrleansTrader.Test");
            foreach (var secret in _secrets)
            {
                foreach (var error in Failures(secret))
                {
                    foreach (var level in Enum.GetValues<LogLevel>())
                    {
                        if (level == LogLevel.None) continue;
                        using var scope = log.BeginScope(new Dictionary<string, object>(StringComparer.Ordinal) { ["Secret"] = secret });
                        log.Log(level, error, "{Text} {@Structure} {Address}", secret, new { Inner = new { Secret = secret } }, new Uri($"https://api.example/order?key={Uri.EscapeDataString(secret)}"));
                        formatter.Write(new LogEntry<string>(level, "OrleansTrader.Test", default, $"said {secret}", error, (state, _) => state), scopeProvider: null, console);
                    }
                }
            }
        }

        var file = await File.ReadAllTextAsync(Directory.GetFiles(_folder.FullName, "trader-*.log").Single(), Cancellation);
        Assert.Contains(nameof(InvalidOperationException), file, StringComparison.Ordinal);
        Assert.Contains(KnownSecrets.Mask, file, StringComparison.Ordinal);
        AssertClean(file);
        AssertClean(console.ToString());
    }

    [Fact]
    public void Where_a_shell_stands_is_no_password()
    {
        var places = new Dictionary<string, string?>(StringComparer.Ordinal) { ["PWD"] = "/srv/a-place-to-stand", ["OLDPWD"] = "/srv/a-place-before", ["DB_PWD"] = "a-word-of-a-database" };
        Redaction.Know(new ConfigurationBuilder().AddInMemoryCollection(places).Build());
        Assert.Equal("/srv/a-place-to-stand/state, /srv/a-place-before, ***", Redaction.WithoutKnown("/srv/a-place-to-stand/state, /srv/a-place-before, a-word-of-a-database"));
    }

    [Theory]
    [InlineData("GET https://api.example/api/v3/order?symbol=BTCUSDT&signature=0123456789abcdef&x=1", "GET https://api.example/api/v3/order?symbol=BTCUSDT&signature=***&x=1")]
    [InlineData("X-MBX-APIKEY: 0123456789abcdef, accept: *", "X-MBX-APIKEY: ***, accept: *")]
    [InlineData("authorization: Bearer 0123456789abcdef", "authorization: Bearer ***")]
    [InlineData("sent Basic dXNlcjpwYXNz to it", "sent Basic *** to it")]
    [InlineData("Host=h;Password=abc;Database=d", "Host=h;Password=***;Database=d")]
    [InlineData("Host=h;Password=\"a b;c\";Database=d", "Host=h;Password=***;Database=d")]
    [InlineData("""{"password":"a\"bc","x":1}""", """{"password":"***","x":1}""")]
    [InlineData("postgres://trader:abc@localhost/trader", "postgres://trader:***@localhost/trader")]
    [InlineData("Cookie: trader=0123456789012345678901234567890123456789012", "Cookie: trader=***")]
    [InlineData("a token: nightly was created; the password was wrong", "a token: nightly was created; the password was wrong")]
    [InlineData("send a token: 'Authorization: Bearer …'", "send a token: 'Authorization: Bearer …'")]
    public void What_looks_like_a_secret_is_masked_although_nobody_knows_it(string text, string clean) => Assert.Equal(clean, Redaction.Clean(text));

    [Fact]
    public void A_token_is_masked_wherever_it_comes_from()
    {
        var text = AccessToken.NewText();
        Assert.Equal("found *** in a file", Redaction.Clean($"found {text} in a file"));
    }

    private static IEnumerable<Exception> Failures(string secret)
    {
        yield return new InvalidOperationException($"refused for {secret}");
        yield return new HttpRequestException("outer", new IOException($"inner {secret}", new TimeoutException(secret)));
        yield return new AggregateException(new UriFormatException(secret), new FormatException($"'{secret}' is no number"));
        yield return new StrangeException(secret);
    }

    /// <summary>Each secret by the way by which the process learns it.</summary>
    private async Task LearnAsync()
    {
        var key = KeyMaterial.Parse(Passphrase, "the test");
        var store = new SecretStore(Path.Combine(_folder.FullName, "secrets.json"), TimeProvider.System);
        await store.SetAsync("binance.key", ApiKey, key, Cancellation);
        await store.SetAsync("database", DatabasePassword, key, Cancellation);
        var credentials = new CredentialStore(Path.Combine(_folder.FullName, "access.json"), TimeProvider.System);
        _secrets.Add(await credentials.CreateTokenAsync("script", AccessScope.Read, Cancellation));
        _secrets.Add("the owner's own word");
        await credentials.SetPasswordAsync("the owner's own word", Cancellation);
    }

    private void AssertClean(string text)
    {
        foreach (var secret in _secrets)
        {
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
            Assert.DoesNotContain(secret.Replace("'", "%27", StringComparison.Ordinal), text, StringComparison.Ordinal);
            Assert.DoesNotContain(Uri.EscapeDataString(secret), text, StringComparison.Ordinal);
        }
    }

    private sealed class StrangeException(string secret) : Exception("strange")
    {
        public override string ToString() => $"strange: {secret}";
    }
}
