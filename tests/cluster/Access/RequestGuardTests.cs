using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansTrader.Api.Security;
using OrleansTrader.Silo.Access;
using OrleansTrader.Silo.Settings;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Access;

/// <summary>Without a login the service belongs to its own machine; with one it answers elsewhere by its own names and over a line that nobody reads.</summary>
public class RequestGuardTests
{
    private static readonly AccessSettings Elsewhere = new() { Certificate = "cert.pem", Hosts = "trader.example" };

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1:5080", null, 200)]
    [InlineData("127.0.0.1", "localhost:5080", "http://localhost:5080", 200)]
    [InlineData("::1", "[::1]:5080", null, 200)]
    [InlineData("::ffff:127.0.0.1", "127.0.0.1:5080", null, 200)]
    [InlineData("192.168.1.7", "127.0.0.1:5080", null, 403)]
    [InlineData("::ffff:192.168.1.7", "localhost:5080", "http://localhost:5080", 403)]
    [InlineData(null, "127.0.0.1:5080", null, 403)]
    [InlineData("127.0.0.1", "trader.example:5080", null, 403)]
    [InlineData("127.0.0.1", "127.0.0.1:5080", "http://trader.example", 403)]
    [InlineData("127.0.0.1", "127.0.0.1:5080", "http://127.0.0.1:8000", 403)]
    [InlineData("127.0.0.1", "127.0.0.1", "http://127.0.0.1:3000", 403)]
    [InlineData("127.0.0.1", "127.0.0.1", "http://127.0.0.1", 200)]
    [InlineData("127.0.0.1", "127.0.0.1:5080", "https://127.0.0.1:5080", 403)]
    [InlineData("127.0.0.1", "127.0.0.1:5080", "null", 403)]
    [InlineData("127.0.0.1", "127.0.0.1:5080", "http://localhost:5080", 403)]
    public Task Without_a_login_a_request_passes_when_sender_host_and_page_are_this_machine(string? sender, string host, string? origin, int status) =>
        AskAsync(AccessRules.Make("http://127.0.0.1:5080", new AccessSettings(), hasCredentials: false), "http", sender, host, status, ("Origin", origin));

    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("Forwarded")]
    [InlineData("X-Real-IP")]
    [InlineData("Via")]
    public Task Without_a_login_what_a_proxy_on_this_machine_forwards_is_refused(string header) =>
        AskAsync(AccessRules.Make("http://127.0.0.1:5080", new AccessSettings(), hasCredentials: false), "http", "127.0.0.1", "127.0.0.1:5080", 403, (header, "203.0.113.9"));

    [Fact]
    public Task Without_a_login_the_version_that_proxies_speak_is_refused() =>
        AskAsync(AccessRules.Make("http://127.0.0.1:5080", new AccessSettings(), hasCredentials: false), "http", "127.0.0.1", "127.0.0.1:5080", 403, ("X-None", null), "HTTP/1.0");

    [Theory]
    [InlineData("https", "203.0.113.9", "trader.example", null, 200)]
    [InlineData("https", "203.0.113.9", "TRADER.example:443", "https://trader.example", 200)]
    [InlineData("http", "203.0.113.9", "trader.example", null, 403)]
    [InlineData("https", "203.0.113.9", "other.example", null, 403)]
    [InlineData("https", "203.0.113.9", "trader.example", "https://other.example", 403)]
    [InlineData("https", "203.0.113.9", "trader.example", "http://trader.example", 403)]
    [InlineData("http", "127.0.0.1", "127.0.0.1:5443", null, 200)]
    public Task With_a_login_a_request_passes_when_it_is_encrypted_and_name_and_page_are_of_this_service(string scheme, string sender, string host, string? origin, int status) =>
        AskAsync(AccessRules.Make("https://0.0.0.0:5443", Elsewhere, hasCredentials: true), scheme, sender, host, status, ("Origin", origin));

    private static async Task AskAsync(AccessRules rules, string scheme, string? sender, string host, int status, (string Name, string? Value) header, string protocol = "HTTP/1.1")
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = sender is null ? null : IPAddress.Parse(sender);
        (context.Request.Scheme, context.Request.Host, context.Request.Protocol) = (scheme, new HostString(host), protocol);
        if (header.Value is not null) context.Request.Headers[header.Name] = header.Value;
        var passed = false;
        var problems = new Problems();
        using var credentials = new CredentialsInForce(new CredentialStore("/no/such/folder/access.json", TimeProvider.System), rules, NullLogger<CredentialsInForce>.Instance);

        await new RequestGuard(Pass, problems, rules, credentials).InvokeAsync(context);

        Assert.Equal(status == 200, passed);
        Assert.Equal(status, context.Response.StatusCode);
        Assert.Equal(status == 200 ? 0 : 1, problems.Written);

        Task Pass(HttpContext _)
        {
            passed = true;
            return Task.CompletedTask;
        }
    }

    private sealed class Problems : IProblemDetailsService
    {
        public int Written { get; private set; }

        public ValueTask WriteAsync(ProblemDetailsContext context)
        {
            Written++;
            return ValueTask.CompletedTask;
        }
    }
}
