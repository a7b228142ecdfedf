using OrleansTrader.Api.Security;
using OrleansTrader.Silo.Settings;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Access;

/// <summary>Where the service listens, and where it refuses to.</summary>
public class AccessRulesTests
{
    private static readonly AccessSettings Nothing = new();
    private static readonly AccessSettings Certified = new() { Certificate = "cert.pem", Hosts = "trader.example" };
    private static readonly AccessSettings Proxied = new() { KnownProxies = "127.0.0.1, 10.0.0.0/8", Hosts = "trader.example" };

    [Theory]
    [InlineData("http://127.0.0.1:5080")]
    [InlineData("http://localhost:5080;http://[::1]:5081/")]
    [InlineData("http://127.0.0.1:0")]
    public void An_address_of_this_machine_is_listened_on_without_a_login(string urls)
    {
        var rules = AccessRules.Make(urls, Nothing, hasCredentials: false);
        Assert.Equal(urls.Split(';'), rules.Urls);
        Assert.False(rules.IsOpenToOthers);
    }

    [Theory]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://127.0.0.2:5080")]
    [InlineData("http://*:5080")]
    [InlineData("http://trader.example:5080")]
    [InlineData("http://127.0.0.1:5080;http://[::]:5080")]
    [InlineData("https://127.0.0.1:5080")]
    [InlineData("http://127.0.0.1:5080/trader")]
    [InlineData("http://127.0.0.1:5080/?x=1")]
    [InlineData("http://me:secret@127.0.0.1:5080")]
    [InlineData("http://127.0.0.1:99999")]
    [InlineData("http://localhost:0")]
    [InlineData("127.0.0.1:5080")]
    [InlineData("")]
    [InlineData(" ; ")]
    public void Any_other_address_is_refused_with_its_name_and_what_is_allowed(string urls) =>
        Assert.StartsWith("urls is '", Refused(urls, Nothing, hasCredentials: false), StringComparison.Ordinal);

    [Fact]
    public void An_address_that_others_reach_is_refused_without_credentials()
    {
        Assert.Contains("which others could reach, and nobody would have to log in", Refused("https://0.0.0.0:5443", Certified, hasCredentials: false), StringComparison.Ordinal);
        Assert.Contains("and nobody would have to log in", Refused("http://127.0.0.1:5080", Proxied, hasCredentials: false), StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_that_others_reach_in_the_clear_is_refused()
    {
        var hosts = new AccessSettings { Hosts = "trader.example" };
        Assert.Contains("in the clear", Refused("http://0.0.0.0:5080", hosts, hasCredentials: true), StringComparison.Ordinal);
        Assert.True(AccessRules.Make("http://0.0.0.0:5080", new AccessSettings { Hosts = "trader.example", PlainHttp = true }, hasCredentials: true).IsOpenToOthers);
    }

    [Theory]
    [InlineData("https://0.0.0.0:5443", true)]
    [InlineData("https://192.168.1.7:5443", true)]
    [InlineData("https://127.0.0.1:5443", false)]
    public void With_credentials_and_a_certificate_it_listens_elsewhere(string url, bool isOpen) =>
        Assert.Equal(isOpen, AccessRules.Make(url, Certified, hasCredentials: isOpen).IsOpenToOthers);

    [Fact]
    public void Behind_a_proxy_everybody_logs_in_also_on_this_machine()
    {
        var rules = AccessRules.Make("http://127.0.0.1:5080", Proxied, hasCredentials: true);
        Assert.True(rules.IsOpenToOthers);
        Assert.Equal(2, rules.Proxies.Count);
        Assert.Contains("trader.example", rules.Hosts);
    }

    [Theory]
    [InlineData("https://0.0.0.0:5443", "")]
    [InlineData("http://127.0.0.1:5080", "127.0.0.1")]
    public void Names_by_which_it_is_called_from_elsewhere_are_asked_for(string url, string proxies) =>
        Assert.StartsWith("Access:Hosts is empty", Refused(url, new AccessSettings { Certificate = url.StartsWith("https", StringComparison.Ordinal) ? "cert.pem" : "", KnownProxies = proxies }, hasCredentials: true), StringComparison.Ordinal);

    [Fact]
    public void A_certificate_that_serves_no_address_and_a_proxy_that_is_none_are_named()
    {
        Assert.StartsWith("Access:Certificate is set", Refused("http://127.0.0.1:5080", Certified, hasCredentials: true), StringComparison.Ordinal);
        Assert.Contains("has 'nginx'", Refused("http://127.0.0.1:5080", new AccessSettings { KnownProxies = "nginx" }, hasCredentials: true), StringComparison.Ordinal);
    }

    private static string Refused(string urls, AccessSettings settings, bool hasCredentials) =>
        Assert.Throws<SettingsException>(() => AccessRules.Make(urls, settings, hasCredentials)).Message;
}
