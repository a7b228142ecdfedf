#if !ORLEANS
using OrleansTrader.Core.Accounts;
using OrleansTrader.ExchangeSimulator;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Service;

/// <summary>The service in live mode through a whole day of market, which passes in a minute, and on until enough was traded.</summary>
public sealed class LiveDayTests : IDisposable
{
    private const double Speed = 1_440;
    private const int Distance = 60;

    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>Days of a machine that is too busy to trade much in one.</summary>
    private static readonly TimeSpan MostDays = 5 * Day;

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
        while (!IsEnough(exchange, rehearsal) && Now(exchange) < begin + MostDays) await UntilAsync(exchange, Now(exchange).AddHours(1));
        Assert.True(IsEnough(exchange, rehearsal), $"{exchange.Books.Counts.Fills} trades are too few to prove anything, or none of them was a stop or a target");
        Assert.Empty(await rehearsal.SettleAsync());
        Assert.Equal(0, rehearsal.Duplicates);
        var facts = rehearsal.Facts;
        Assert.Single(facts, fact => fact.Kind == FactKind.Armed);
        Assert.True(facts[^1].Time - begin > Day - TimeSpan.FromHours(2), $"the last fact is of {facts[^1].Time:u}, and the day began at {begin:u}");
    }

    private static bool IsEnough(RehearsalAccount exchange, Rehearsal rehearsal) =>
        exchange.Books.Counts.Fills > 20 && rehearsal.Facts.Any(fact => fact is { Kind: FactKind.Filled, Leg: not Core.Market.OcoLeg.None });

    private static void Prepare(SimulatorOptions options)
    {
        options.Speed = Speed;
        options.Market.TicksPerLeg = 4;
    }

    private static DateTime Now(RehearsalAccount exchange) => exchange.Server.Exchange.Clock.GetUtcNow().UtcDateTime;

    private static Task UntilAsync(RehearsalAccount exchange, DateTime time) => Task.Delay(time > Now(exchange) ? time - Now(exchange) : TimeSpan.Zero, exchange.Server.Exchange.Clock, Cancellation);
}
#endif
