using System.Net;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Access;

/// <summary>Attempts on a service behind a proxy, through it and past it.</summary>
public class ProxiedAttempts(ProxiedService service) : IClassFixture<ProxiedService>
{
    private const string Wrong = """{"password": "a guess of somebody"}""";

    [Fact]
    public async Task Through_the_proxy_who_asks_and_how_is_what_it_says()
    {
        var proxy = service.From(ProxiedService.Proxy);
        using var answer = await proxy.PostAsync("/api/v1/login", $$"""{"password": "{{GuardedService.Password}}"}""", Forwarded("198.51.100.7", "https"));
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.StartsWith("__Host-trader=", answer.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
        using var notices = await proxy.GetAsync("/api/v1/notices", [("Authorization", service.ReadToken), .. Forwarded("198.51.100.7", "https")]);
        Assert.Contains("owner from 198.51.100.7: login", await notices.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_came_to_the_proxy_unencrypted_is_refused()
    {
        using var answer = await service.From(ProxiedService.Proxy).GetAsync("/api/v1/status", [("Authorization", service.ReadToken), .. Forwarded("198.51.100.7", "http")]);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_sender_that_the_client_wrote_itself_before_the_proxys_is_not_believed()
    {
        // Were the first one believed, this would be a request of this machine, which need not be encrypted.
        using var answer = await service.From(ProxiedService.Proxy).GetAsync("/api/v1/status", [("Authorization", service.ReadToken), .. Forwarded("127.0.0.1, 198.51.100.7", "http")]);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Past_the_proxy_nobody_is_believed_who_they_are()
    {
        var other = service.From("127.0.0.51");
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 4; i++)
        {
            using var answer = await other.PostAsync("/api/v1/login", Wrong, Forwarded($"198.51.100.{20 + i}", "https"));
            answers.Add(answer.StatusCode);
        }

        // Four senders by their own word, one by its address: the fourth guess has to wait.
        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests], answers);
    }

    [Fact]
    public async Task This_machine_logs_in_as_well()
    {
        using var answer = await service.Here.GetAsync("/api/v1/status");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private static (string Name, string Value)[] Forwarded(string sender, string scheme) => [("Host", "trader.example"), ("X-Forwarded-For", sender), ("X-Forwarded-Proto", scheme)];
}
