using System.Net;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Access;

/// <summary>Attempts on a service that others can reach over https.</summary>
public class EncryptedAttempts(EncryptedService service) : IClassFixture<EncryptedService>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cookie_is_for_this_host_over_https_out_of_reach_of_scripts_and_other_sites()
    {
        using var answer = await service.Here.PostAsync("/api/v1/login", $$"""{"password": "{{GuardedService.Password}}"}""", ("Host", "trader.example"), ("Origin", "https://trader.example"));
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single();
        Assert.Matches("^__Host-trader=[A-Za-z0-9_-]{43}; path=/; secure; samesite=strict; httponly$", cookie);
        Assert.Equal("max-age=31536000", answer.Headers.GetValues("Strict-Transport-Security").Single());
        using var status = await service.Here.GetAsync("/api/v1/status", ("Cookie", cookie.Split(';')[0]));
        Assert.Equal(HttpStatusCode.OK, status.StatusCode);
        // Without the prefix another page of the domain could have set it.
        using var bare = await service.Here.GetAsync("/api/v1/status", ("Cookie", cookie.Split(';')[0]["__Host-".Length..]));
        Assert.Equal(HttpStatusCode.Unauthorized, bare.StatusCode);
    }

    [Fact]
    public async Task Plain_http_is_not_spoken_where_others_listen() =>
        Assert.DoesNotContain("200 OK", await service.Here.RawAsync("GET / HTTP/1.1\r\nHost: trader.example\r\n\r\n", Cancellation), StringComparison.Ordinal);

    [Fact]
    public async Task A_name_that_is_not_set_does_not_lead_here()
    {
        using var answer = await service.Here.GetAsync("/", ("Host", "other.example"));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }
}
