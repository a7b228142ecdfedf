using System.Net;
using Microsoft.AspNetCore.Http;
using OrleansTrader.Api.Security;
using OrleansTrader.Silo.Settings;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Service;

/// <summary>Without a login the service belongs to its own machine.</summary>
public class LoopbackTests
{
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
    public async Task A_request_passes_when_sender_host_and_page_are_this_machine(string? sender, string host, string? origin, int status)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = sender is null ? null : IPAddress.Parse(sender);
        (context.Request.Scheme, context.Request.Host) = ("http", new HostString(host));
        if (origin is not null) context.Request.Headers.Origin = origin;
        var passed = false;
        var problems = new Problems();

        await new LoopbackOnly(Pass, problems).InvokeAsync(context);

        Assert.Equal(status == 200, passed);
        Assert.Equal(status, context.Response.StatusCode);
        Assert.Equal(status == 200 ? 0 : 1, problems.Written);

        Task Pass(HttpContext _)
        {
            passed = true;
            return Task.CompletedTask;
        }
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080")]
    [InlineData("http://localhost:5080;http://[::1]:5081/")]
    [InlineData("http://127.0.0.1:0")]
    public void An_address_of_this_machine_is_listened_on(string urls) => Assert.Equal(urls.Split(';'), LoopbackUrls.Of(urls));

    [Theory]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://127.0.0.2:5080")]
    [InlineData("http://*:5080")]
    [InlineData("http://trader.example:5080")]
    [InlineData("http://127.0.0.1:5080;http://[::]:5080")]
    [InlineData("https://127.0.0.1:5080")]
    [InlineData("http://127.0.0.1:5080/trader")]
    [InlineData("http://127.0.0.1:5080/?x=1")]
    [InlineData("http://127.0.0.1:99999")]
    [InlineData("http://localhost:0")]
    [InlineData("127.0.0.1:5080")]
    [InlineData("")]
    [InlineData(" ; ")]
    public void Any_other_address_is_refused_with_its_name_and_what_is_allowed(string urls) =>
        Assert.StartsWith("urls is '", Assert.Throws<SettingsException>(() => LoopbackUrls.Of(urls)).Message, StringComparison.Ordinal);

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
