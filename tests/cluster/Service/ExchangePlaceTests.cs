using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OrleansTrader.Adapters.Feeds;
using OrleansTrader.Core.Market;
using OrleansTrader.ExchangeSimulator;
using OrleansTrader.Silo.Hosting;
using OrleansTrader.Silo.Settings;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Service;

/// <summary>Whose money is at stake at an address of this machine.</summary>
public sealed class ExchangePlaceTests
{
    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_exchange_to_rehearse_at_shows_that_it_is_one()
    {
        await using var server = await ExchangeServer.StartAsync(new SimulatorOptions { Seed = 7 }, new SyntheticFeed(7, Interval.OneMinute, ["BTCUSDT"]), cancellation: Ending);
        Assert.Equal(new ExchangePlace(ExchangeKind.Rehearsal, server.Address.Authority), await PlaceOfAsync(server.Address));
    }

    [Theory]
    [InlineData(404, """{"code":-1000,"msg":"Not found."}""")]
    [InlineData(200, "{}")]
    [InlineData(200, "[1]")]
    [InlineData(200, "<html></html>")]
    [InlineData(500, """{"limitExcesses":0,"orderRequests":0}""")]
    public async Task What_else_listens_on_this_machine_may_lead_to_real_money(int status, string answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var forwarder = builder.Build();
        forwarder.Run(context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(answer);
        });
        await forwarder.StartAsync(Ending);
        var address = new Uri(forwarder.Urls.Single());
        var place = await PlaceOfAsync(address);
        Assert.Equal(new ExchangePlace(ExchangeKind.Production, address.Authority), place);
        Assert.Equal($"LIVE, with real money at {address.Authority}", place.LiveTitle);
    }

    [Fact]
    public async Task Where_nobody_answers_it_counts_as_real_money() =>
        Assert.Equal(ExchangeKind.Production, (await PlaceOfAsync(new Uri("http://127.0.0.1:1"))).Kind);

    private static Task<ExchangePlace> PlaceOfAsync(Uri address) => new ExchangeLine(new BinanceSettings { RestUrl = address.OriginalString }, new RehearsalSettings()).PlaceAsync();
}
