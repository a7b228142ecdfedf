using System.Net;
using Microsoft.AspNetCore.Connections;
using OrleansTrader.Api.Security;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Access;

/// <summary>How many lines one sender, and all others together, may have open.</summary>
public sealed class LinesByAddressTests : IDisposable
{
    private readonly LinesByAddress _lines = new([IPNetwork.Parse("10.0.0.0/8")]);
    private readonly TaskCompletionSource _closing = new();

    [Fact]
    public void Of_one_network_of_ipv6_no_more_are_served_than_of_one_address_and_others_are()
    {
        for (var i = 0; i < LinesByAddress.MostOfOne; i++) Assert.True(IsServed($"2001:db8:0:1::{i:x}"));
        Assert.False(IsServed("2001:db8:0:1:ffff::1"));
        Assert.True(IsServed("2001:db8:0:2::1"));
    }

    [Fact]
    public void An_address_counts_as_one_in_either_form()
    {
        for (var i = 0; i < LinesByAddress.MostOfOne; i++) Assert.True(IsServed(i % 2 == 0 ? "203.0.113.9" : "::ffff:203.0.113.9"));
        Assert.False(IsServed("203.0.113.9"));
    }

    [Fact]
    public void A_proxy_is_not_counted_in_either_form()
    {
        for (var i = 0; i < LinesByAddress.MostOfOne; i++) Assert.True(IsServed("10.1.2.3") && IsServed("::ffff:10.1.2.3"));
        Assert.True(IsServed("10.1.2.3"));
    }

    [Fact]
    public void Whatever_others_open_this_machine_gets_in()
    {
        for (var i = 0; i < LinesByAddress.MostOfOthers; i++) Assert.True(IsServed($"198.51.{i / 250}.{i % 250}"));
        Assert.False(IsServed("203.0.113.9"));
        Assert.True(IsServed("127.0.0.1") && IsServed("::1"));
    }

    [Fact]
    public async Task What_is_closed_counts_no_more()
    {
        for (var i = 0; i < LinesByAddress.MostOfOne; i++) await _lines.TakeAsync(new Line("203.0.113.9"), _ => Task.CompletedTask);
        Assert.True(IsServed("203.0.113.9"));
    }

    public void Dispose() => _closing.TrySetResult();

    /// <summary>The line stays open.</summary>
    private bool IsServed(string address)
    {
        var served = false;
        _ = _lines.TakeAsync(new Line(address), _ =>
        {
            served = true;
            return _closing.Task;
        });
        return served;
    }

    private sealed class Line(string address) : DefaultConnectionContext
    {
        public override EndPoint? RemoteEndPoint { get; set; } = new IPEndPoint(IPAddress.Parse(address), 1);

        public override void Abort(ConnectionAbortedException abortReason)
        {
        }
    }
}
