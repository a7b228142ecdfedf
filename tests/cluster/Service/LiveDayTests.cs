#if !ORLEANS
using OrleansTrader.Core.Accounts;
using OrleansTrader.ExchangeSimulator;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Service;

/// <summary>The service in live mode through a whole day of market, which passes in a minute.</summary>
public sealed class LiveDayTests : IDisposable
{
    private const double Speed = 1_440;
    private const int Distance = 60;

    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trader-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_live_account_that_is_killed_twice_while_orders_are_under_way_ends_its_day_as_the_exchange_has_it()
    {
        await using var exchange = await RehearsalAccount.OpenAsync(_folder.FullName, "15m", ["BTCUSDT", "ETHUSDT", "SOLUSDT"], Prepare);
        await using var rehearsal = new Rehearsal(_folder.FullName, exchange, TestContext.Current.SendDiagnosticMessage);
        await rehearsal.StartAsync(Distance);
        var begin = Now(exchange);
        foreach (var hours in (int[])[7, 15])
        {
            await UntilAsync(exchange, begin.AddHours(hours));
            Assert.True(await rehearsal.NextOrderAsync(), "there was no order to be killed over");
            await rehearsal.KillAsync();
            await rehearsal.StartAsync(Distance);
        }

        await UntilAsync(exchange, begin + Day);
        Assert.Empty(await rehearsal.SettleAsync());
        Assert.Equal(0, rehearsal.Duplicates);
        var facts = rehearsal.Facts;
        Assert.True(exchange.Books.Counts.Fills > 20, "too few trades to prove anything");
        Assert.Contains(facts, fact => fact is { Kind: FactKind.Filled, Leg: not Core.Market.OcoLeg.None });
        Assert.Single(facts, fact => fact.Kind == FactKind.Armed);
        Assert.True(facts[^1].Time - begin > Day - TimeSpan.FromHours(2), $"the last fact is of {facts[^1].Time:u}, and the day began at {begin:u}");
    }

    private static void Prepare(SimulatorOptions options)
    {
        options.Speed = Speed;
        options.Market.TicksPerLeg = 4;
    }

    private static DateTime Now(RehearsalAccount exchange) => exchange.Server.Exchange.Clock.GetUtcNow().UtcDateTime;

    private static Task UntilAsync(RehearsalAccount exchange, DateTime time) => Task.Delay(time > Now(exchange) ? time - Now(exchange) : TimeSpan.Zero, exchange.Server.Exchange.Clock, Cancellation);
}
#endif
